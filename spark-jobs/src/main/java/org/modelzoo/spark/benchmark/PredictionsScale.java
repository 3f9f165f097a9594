package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.event.RunEvent;

/**
 * A zoo evaluated again from its run directory on local disk, as when its run is continued after
 * the last round: every member is read and checked, the ensemble is made again round by round, the
 * tables are written again. The last report, see {@link ReportScale}, is not counted.
 */
public final class PredictionsScale implements ScaleMeasurement {
  private final CaseSize size;

  /**
   * A measurement.
   *
   * @param members of the zoo, two a round
   * @param images of each task, a sixth of them for testing
   */
  public PredictionsScale(int tasks, int members, int images) {
    this.size = StoredZoo.size(tasks, members, images);
  }

  @Override
  public String name() {
    return "predictions";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return StoredZoo.axes();
  }

  @Override
  public Cost measure(CaseSize size) {
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      StoredZoo zoo = new StoredZoo(size, directory.path());
      RunSummary first = zoo.run(event -> {});
      Files.delete(directory.path().resolve("scale/summary.json"));
      AtomicLong finished = new AtomicLong();
      try (HeapWatch heap = HeapWatch.afterCollection()) {
        long started = System.nanoTime();
        RunSummary again =
            zoo.again(
                event -> {
                  if (event instanceof RunEvent.Finished) {
                    finished.set(System.nanoTime());
                  }
                });
        if (!again.perTaskAccuracy().equals(first.perTaskAccuracy())) {
          throw new IllegalStateException("another evaluation than the first");
        }
        double seconds = (finished.get() - started) / 1e9;
        return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String target() {
    return "below 30 s";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 30;
  }
}

package org.modelzoo.spark.benchmark;

import java.util.List;
import java.util.Optional;
import org.modelzoo.report.run.RunReport;

/** The page of a finished run on a local disk, images of its data set included. */
public final class ReportScale implements ScaleMeasurement {
  private static final int LARGEST_PAGE = 10_000_000;

  private final CaseSize size;

  /**
   * A measurement.
   *
   * @param members of the zoo, two a round
   * @param images of each task, a sixth of them for testing
   */
  public ReportScale(int tasks, int members, int images) {
    this.size = StoredZoo.size(tasks, members, images);
  }

  @Override
  public String name() {
    return "report";
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
      zoo.run(event -> {});
      try (HeapWatch heap = HeapWatch.afterCollection()) {
        long started = System.nanoTime();
        byte[] page = RunReport.of(zoo.directory(), List.of(), Optional.of(zoo.hadoop()));
        double seconds = (System.nanoTime() - started) / 1e9;
        if (page.length > LARGEST_PAGE) {
          throw new IllegalStateException("a page of %,d bytes".formatted(page.length));
        }
        return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
      }
    }
  }

  @Override
  public String target() {
    return "below 30 s and 10 MB of page";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 30;
  }
}

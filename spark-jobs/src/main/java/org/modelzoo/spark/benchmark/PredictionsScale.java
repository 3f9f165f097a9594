package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * A zoo evaluated again from its run directory on local disk, as when its run is continued after
 * the last round: every member is read and checked, the ensemble is made again round by round, the
 * tables and the last report are written again.
 */
public final class PredictionsScale implements ScaleMeasurement {
  private static final long LARGEST_PAGE = 10_000_000;

  private final CaseSize size;

  /**
   * A measurement.
   *
   * @param members of the zoo, two a round
   * @param images of each task, a sixth of them for testing
   */
  public PredictionsScale(int tasks, int members, int images) {
    this.size = CaseSize.of("tasks", tasks).and("members", members).and("images", images);
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
    return List.of(
        new Axis("tasks", 1),
        new Axis("members", ScaleExperiment.MEMBERS_PER_ROUND),
        new Axis("images", 2 * ScaleExperiment.CLASSES));
  }

  @Override
  public Cost measure(CaseSize size) {
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      return measure(size, directory.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cost measure(CaseSize size, Path directory) throws IOException {
    int rounds = Math.max(1, size.get("members") / ScaleExperiment.MEMBERS_PER_ROUND);
    LoadedConfig config =
        ScaleExperiment.of(
            size.get("tasks"), rounds, size.get("images"), directory.toUri().toString());
    Configuration hadoop = new Configuration();
    InventedPredictions predictions =
        new InventedPredictions(
            (SourceConfig.Synthetic) config.values().data().set().source(), size.get("tasks"));
    RunSummary first = run(config, hadoop, new StoringFarm(predictions, hadoop));
    Files.delete(directory.resolve("scale/summary.json"));
    StoringFarm idle = new StoringFarm(predictions, hadoop);
    try (HeapWatch heap = HeapWatch.afterCollection()) {
      long started = System.nanoTime();
      RunSummary again = run(config, hadoop, idle);
      double seconds = (System.nanoTime() - started) / 1e9;
      if (Files.size(directory.resolve("scale/report.html")) > LARGEST_PAGE) {
        throw new IllegalStateException("the report has more than 10 MB");
      }
      if (idle.members() > 0 || !again.perTaskAccuracy().equals(first.perTaskAccuracy())) {
        throw new IllegalStateException("another evaluation than the first");
      }
      return new Cost(seconds, Optional.empty(), heap.mostMegabytes());
    }
  }

  private static RunSummary run(LoadedConfig config, Configuration hadoop, StoringFarm farm) {
    RunDirectory run = RunDirectories.of(config.values(), hadoop);
    TrainJob job = new TrainJob(config, run, new CheckedData("none", List.of()));
    try (RunLease lease = RunLease.take(run, remark -> {})) {
      return job.run(lease, farm, event -> {}).get(0);
    }
  }

  @Override
  public String target() {
    return "below 30 s, page below 10 MB";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < 30;
  }
}

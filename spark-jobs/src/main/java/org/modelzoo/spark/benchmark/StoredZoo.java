package org.modelzoo.spark.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.store.RunDirectory;

/** A run on a local disk whose members are invented. */
final class StoredZoo {
  private final LoadedConfig config;
  private final Configuration hadoop = new Configuration();
  private final InventedPredictions predictions;
  private final RunDirectory run;

  /** One that is not there yet. */
  StoredZoo(CaseSize size, Path directory) {
    int rounds = Math.max(1, size.get("members") / ScaleExperiment.MEMBERS_PER_ROUND);
    config =
        ScaleExperiment.of(
            size.get("tasks"), rounds, size.get("images"), directory.toUri().toString());
    predictions =
        new InventedPredictions(
            (SourceConfig.Synthetic) config.values().data().set().source(), size.get("tasks"));
    run = RunDirectories.of(config.values(), hadoop);
  }

  /** A number of tasks, of members, two a round, and of images of each task. */
  static CaseSize size(int tasks, int members, int images) {
    return CaseSize.of("tasks", tasks).and("members", members).and("images", images);
  }

  /** What its cost may grow with. */
  static List<ScaleMeasurement.Axis> axes() {
    return List.of(
        new ScaleMeasurement.Axis("tasks", 1),
        new ScaleMeasurement.Axis("members", ScaleExperiment.MEMBERS_PER_ROUND),
        new ScaleMeasurement.Axis("images", 2 * ScaleExperiment.CLASSES));
  }

  /** Runs to the end; trains what is missing. */
  RunSummary run(RunListener listener) {
    return run(new StoringFarm(predictions, hadoop), listener);
  }

  /**
   * Evaluates it again, as when it is continued after its last round.
   *
   * @throws IllegalStateException if a member is missing
   */
  RunSummary again(RunListener listener) {
    StoringFarm idle = new StoringFarm(predictions, hadoop);
    RunSummary summary = run(idle, listener);
    if (idle.members() > 0) {
      throw new IllegalStateException("members were trained again");
    }
    return summary;
  }

  private RunSummary run(StoringFarm farm, RunListener listener) {
    TrainJob job = new TrainJob(config, run, new CheckedData("none", List.of()));
    try (job) {
      job.open(listener);
      job.run(farm, listener);
    }
    return job.summaries().get(0);
  }

  /** Where it is. */
  RunDirectory directory() {
    return run;
  }

  /** How to reach it. */
  Configuration hadoop() {
    return hadoop;
  }
}

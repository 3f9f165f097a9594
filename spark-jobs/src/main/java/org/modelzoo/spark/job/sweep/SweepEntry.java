package org.modelzoo.spark.job.sweep;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.config.SweepExperiment;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.SweepResult;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.RunDirectories;
import org.modelzoo.spark.job.RunEstimate;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.spark.progress.Redaction;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/** One experiment of a sweep with what the sweep's directory knows of it. Lives on the driver. */
final class SweepEntry {
  private final SweepExperiment experiment;
  private final ModelZooConfig config;
  private final RunDirectory sweep;
  private final RunDirectory run;
  private final TrainJob job;
  private final String label;
  private SweepResult result;

  /**
   * Looks at the experiment's run directory; writes nothing.
   *
   * @param prefix of its name in progress and in Spark's pages
   * @throws ModelZooException if that belongs to something else
   */
  SweepEntry(
      SweepExperiment experiment,
      LoadedConfig qualified,
      RunDirectory sweep,
      CheckedData data,
      Configuration hadoop,
      String prefix) {
    this.experiment = experiment;
    this.config = qualified.values();
    this.sweep = sweep;
    this.run = RunDirectories.of(config, hadoop);
    this.label = prefix + name();
    this.job = new TrainJob(qualified, run, data, label + " ");
  }

  String name() {
    return experiment.name();
  }

  /** Its name in progress. */
  String label() {
    return label;
  }

  /** What it takes as a whole. */
  RunEstimate estimate() {
    return RunEstimate.of(config, config.experiment().method());
  }

  /** Its result once it is finished. Its files are read and checked for the first answer only. */
  synchronized Optional<SweepResult> result() {
    if (result == null) {
      List<RunSummary> summaries = job.finished();
      if (!summaries.isEmpty()) {
        result = new SweepResult(name(), experiment.values(), summaries.get(0));
      }
    }
    return Optional.ofNullable(result);
  }

  /** Why it failed at the last try; empty if it never did, or only the cluster did. */
  Optional<SweepFailure> failure() {
    return sweep.has(failureFile())
        ? Optional.of(sweep.read(failureFile(), SweepFailure.class, SweepFailure.FORMAT_VERSION))
        : Optional.empty();
  }

  /**
   * Trains what is missing.
   *
   * @throws ModelZooException if it can't be finished
   */
  void train(Farm farm, RunListener listener) {
    try (RunLease lease =
        RunLease.take(run, remark -> listener.on(new RunEvent.Remark(label, remark)))) {
      job.run(lease, farm, listener);
    }
  }

  void remember(ModelZooException error) {
    sweep.write(
        failureFile(),
        Json.write(
            new SweepFailure(
                SweepFailure.FORMAT_VERSION,
                name(),
                error.kind(),
                Redaction.hidden(error.getMessage()))));
  }

  private String failureFile() {
    return "failures/" + name() + ".json";
  }
}

package org.modelzoo.spark.job.sweep;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SweepExperiment;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.SweepResult;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.MemberSize;
import org.modelzoo.spark.job.RunEstimate;
import org.modelzoo.spark.job.TrainJob;
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
  private List<SweepResult> results;
  private Optional<SweepFailure> failure;

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
      String prefix) {
    this.experiment = experiment;
    this.config = qualified.values();
    this.sweep = sweep;
    // Opened anew, each would have a copy of Hadoop's whole configuration.
    this.run = sweep.inside(name());
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

  /** What each of its methods takes as a whole. */
  List<RunEstimate> estimates() {
    return config.methods().stream().map(method -> RunEstimate.of(config, method)).toList();
  }

  /**
   * The results of its methods once all of them are finished, and none before. Its directory is
   * looked at for the first answer only: after that this driver alone works on it.
   */
  synchronized List<SweepResult> results() {
    if (results == null) {
      results = results(job.summaries());
    }
    return results;
  }

  boolean isFinished() {
    return !results().isEmpty();
  }

  private List<SweepResult> results(List<RunSummary> summaries) {
    List<Method> methods = config.methods();
    return IntStream.range(0, summaries.size())
        .mapToObj(
            i -> new SweepResult(name(), experiment.valuesOf(methods.get(i)), summaries.get(i)))
        .toList();
  }

  /**
   * Why it failed at the last try; empty if it never did, or only the cluster did. Looked up for
   * the first answer only, as the result.
   */
  synchronized Optional<SweepFailure> failure() {
    if (failure == null) {
      failure =
          sweep.has(failureFile())
              ? Optional.of(
                  sweep.read(failureFile(), SweepFailure.class, SweepFailure.FORMAT_VERSION))
              : Optional.empty();
    }
    return failure;
  }

  /**
   * Trains what is missing.
   *
   * @throws ModelZooException if it can't be finished
   */
  void train(Farm farm, RunListener listener) {
    try (RunLease lease =
        RunLease.take(run, remark -> listener.on(new RunEvent.Remark(label, remark)))) {
      job.run(lease, farm.sized(MemberSize.of(job.config().cluster())), listener);
      synchronized (this) {
        results = results(job.summaries());
      }
    }
  }

  /** Writes why it failed into the sweep's directory, behind the fence of its lease. */
  synchronized void remember(ModelZooException error, RunDirectory held) {
    SweepFailure remembered =
        new SweepFailure(
            SweepFailure.FORMAT_VERSION,
            name(),
            error.kind(),
            Redaction.hidden(error.getMessage()));
    held.write(failureFile(), Json.write(remembered));
    failure = Optional.of(remembered);
  }

  private String failureFile() {
    return "failures/" + name() + ".json";
  }
}

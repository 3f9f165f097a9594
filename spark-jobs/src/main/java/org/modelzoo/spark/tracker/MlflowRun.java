package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.event.RunEvent.MemberEvaluated;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.TaskScore;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberProgress;

/**
 * A run as a run of MLflow, each member as a run nested in it. MLflow's run knows how many rounds
 * it has, so that a run that is started again goes on there.
 */
final class MlflowRun {
  private static final String ROUNDS = "modelzoo.rounds";
  private static final String MEMBER = "modelzoo.member";

  /** Lists of any length, and what says nothing about results. */
  private static final List<String> NO_PARAMS =
      List.of("data.set.tasks", "search.", "cluster.", "output.", "trackers.");

  private static final List<String> ARTIFACTS =
      List.of("config.conf", "summary.json", "metrics.csv", "accuracy-matrix.csv");

  private final MlflowServer server;
  private final RunDirectory directory;
  private final MlflowHome home;
  private final Map<String, Run> membersBefore;
  private final Map<String, MlflowMember> members = new HashMap<>();
  private int roundsKnown;

  private MlflowRun(MlflowServer server, RunDirectory directory, MlflowHome home) {
    this.server = server;
    this.directory = directory;
    this.home = home;
    this.membersBefore = home.nested(MEMBER);
    this.roundsKnown = home.known(ROUNDS);
  }

  /**
   * The run of a run directory, started or taken up again.
   *
   * @param group tags of a new one that say what it belongs to
   */
  static MlflowRun open(
      MlflowServer server, RunDirectory directory, String experiment, Map<String, String> group) {
    return new MlflowRun(
        server,
        directory,
        MlflowHome.open(server, directory, experiment, () -> start(directory, group)));
  }

  private static MlflowHome.Start start(RunDirectory directory, Map<String, String> group) {
    LoadedConfig config =
        ConfigLoader.parse(directory.configuration(), directory.path("config.conf").toString());
    String name =
        config.values().experiment().name()
            + directory.identity().map(identity -> " " + identity.method()).orElse("");
    return new MlflowHome.Start(name, group, MlflowHome.params(config, NO_PARAMS));
  }

  /** Logs a round, unless that was done. */
  void round(RoundScores scores) {
    int step = scores.round() + 1;
    if (step <= roundsKnown) {
      return;
    }
    List<Metric> metrics = new ArrayList<>();
    MlflowValues.add(metrics, "ensemble/accuracy", scores.accuracy(), step);
    for (TaskScore task : scores.tasks()) {
      String name = task.task();
      MlflowValues.add(metrics, MlflowValues.ofTask("accuracy", name), task.accuracy(), step);
      MlflowValues.add(metrics, MlflowValues.ofTask("loss", name), task.loss(), step);
      MlflowValues.add(metrics, MlflowValues.ofTask("weight", name), task.weight(), step);
    }
    home.log(metrics, List.of(MlflowValues.tag(ROUNDS, Integer.toString(step))));
    roundsKnown = step;
  }

  void progressed(String member, MemberProgress progress) {
    member(member).progressed(progress);
  }

  void evaluated(MemberEvaluated event) {
    member(event.member()).evaluated(event);
  }

  private MlflowMember member(String id) {
    return members.computeIfAbsent(id, name -> new MlflowMember(server, nested(name)));
  }

  private String nested(String member) {
    Run before = membersBefore.get(member);
    if (before == null) {
      return home.nest(member, Map.of(MEMBER, member));
    }
    server.resume(before.getInfo().getRunId());
    return before.getInfo().getRunId();
  }

  void ended(String member, RunStatus status) {
    MlflowMember nested = members.remove(member);
    if (nested != null) {
      nested.end(status);
    }
  }

  /** Sends what is held back. */
  void flush() {
    members.values().forEach(MlflowMember::send);
  }

  /** Ends the run, with its results where it is complete. */
  void end(RunStatus status) throws IOException {
    List.copyOf(members.keySet()).forEach(member -> ended(member, RunStatus.KILLED));
    if (status == RunStatus.FINISHED) {
      logResults();
    }
    home.end(status);
  }

  private void logResults() throws IOException {
    RunSummary summary =
        directory.read("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
    List<Metric> metrics = new ArrayList<>();
    MlflowValues.add(metrics, "average_accuracy", summary.averageAccuracy(), 0);
    MlflowValues.add(metrics, "learning_accuracy", summary.learningAccuracy(), 0);
    MlflowValues.add(metrics, "forgetting", summary.forgetting(), 0);
    MlflowValues.add(metrics, "train_images", (double) summary.trainImages(), 0);
    MlflowValues.add(metrics, "train_images_per_second", summary.trainImagesPerSecond(), 0);
    home.log(metrics, List.of());
    home.keep(ARTIFACTS);
  }
}

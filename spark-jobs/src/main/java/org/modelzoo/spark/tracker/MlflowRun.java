package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.progress.RunEvent.RoundScores;
import org.modelzoo.spark.progress.RunEvent.TaskScore;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberProgress;

/**
 * A run as a run of MLflow, each member as a run nested in it. A run directory remembers its run of
 * MLflow, and that one how many rounds it knows, so that a run that is started again goes on there.
 */
final class MlflowRun {
  private static final String ROUNDS = "modelzoo.rounds";
  private static final String MEMBER = "modelzoo.member";

  /** MLflow's bounds, of all its versions the tightest. */
  private static final int LONGEST_PARAM = 500;

  private static final int MOST_PARAMS = 100;

  /** Lists of any length, and what says nothing about results. */
  private static final List<String> NO_PARAMS =
      List.of("data.set.tasks", "search.", "cluster.", "output.", "trackers.");

  private static final List<String> ARTIFACTS =
      List.of("config.conf", "summary.json", "metrics.csv", "accuracy-matrix.csv");

  private final MlflowServer server;
  private final RunDirectory directory;
  private final MlflowFile ids;
  private final boolean continued;
  private final Map<String, MlflowMember> members = new HashMap<>();
  private int roundsKnown;

  private MlflowRun(
      MlflowServer server, RunDirectory directory, MlflowFile ids, boolean continued) {
    this.server = server;
    this.directory = directory;
    this.ids = ids;
    this.continued = continued;
  }

  /** The run of a run directory, started or taken up again. */
  static MlflowRun open(MlflowServer server, RunDirectory directory, String experiment) {
    Optional<MlflowFile> known =
        directory
            .find(MlflowFile.NAME, MlflowFile.class, MlflowFile.FORMAT_VERSION)
            .record()
            .filter(file -> file.uri().equals(server.uri()));
    if (known.isPresent()) {
      MlflowRun run = new MlflowRun(server, directory, known.get(), /* continued= */ true);
      run.takeUp();
      return run;
    }
    LoadedConfig config =
        ConfigLoader.parse(directory.configuration(), directory.path("config.conf").toString());
    String experimentId = server.experiment(experiment);
    String name =
        config.values().experiment().name()
            + directory.identity().map(identity -> " " + identity.method()).orElse("");
    String id =
        server.start(experimentId, name, Map.of("modelzoo.run_directory", directory.location()));
    MlflowFile ids = new MlflowFile(MlflowFile.FORMAT_VERSION, server.uri(), experimentId, id);
    directory.write(MlflowFile.NAME, Json.write(ids));
    MlflowRun run = new MlflowRun(server, directory, ids, /* continued= */ false);
    run.logParams(config);
    return run;
  }

  private void takeUp() {
    server.resume(ids.runId());
    Run found = server.run(ids.runId());
    roundsKnown =
        found.getData().getTagsList().stream()
            .filter(tag -> tag.getKey().equals(ROUNDS))
            .mapToInt(tag -> Integer.parseInt(tag.getValue()))
            .findFirst()
            .orElse(0);
  }

  private void logParams(LoadedConfig config) {
    List<Param> params =
        config.flatten().entrySet().stream()
            .filter(entry -> NO_PARAMS.stream().noneMatch(entry.getKey()::startsWith))
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> param(entry.getKey(), entry.getValue()))
            .toList();
    for (int from = 0; from < params.size(); from += MOST_PARAMS) {
      int to = Math.min(params.size(), from + MOST_PARAMS);
      server.log(ids.runId(), List.of(), params.subList(from, to), List.of());
    }
  }

  private static Param param(String key, String value) {
    return Param.newBuilder()
        .setKey(MlflowMember.key(key))
        .setValue(value.substring(0, Math.min(LONGEST_PARAM, value.length())))
        .build();
  }

  /** Logs a round, unless that was done. */
  void round(RoundScores scores) {
    int step = scores.round() + 1;
    if (step <= roundsKnown) {
      return;
    }
    List<Metric> metrics = new ArrayList<>();
    MlflowMember.add(metrics, "ensemble/accuracy", scores.accuracy(), step);
    for (TaskScore task : scores.tasks()) {
      MlflowMember.add(metrics, "accuracy/" + task.task(), task.accuracy(), step);
      MlflowMember.add(metrics, "loss/" + task.task(), task.loss(), step);
      MlflowMember.add(metrics, "weight/" + task.task(), task.weight(), step);
    }
    for (int from = 0; from < metrics.size(); from += MlflowServer.MOST_METRICS) {
      int to = Math.min(metrics.size(), from + MlflowServer.MOST_METRICS);
      // With the last of them, so that a round is known as a whole or not at all.
      List<RunTag> known =
          to == metrics.size()
              ? List.of(MlflowServer.tag(ROUNDS, Integer.toString(step)))
              : List.of();
      server.log(ids.runId(), metrics.subList(from, to), List.of(), known);
    }
    roundsKnown = step;
  }

  void progressed(String member, MemberProgress progress) {
    MlflowMember nested = members.get(member);
    if (nested == null) {
      nested = new MlflowMember(server, nested(member));
      members.put(member, nested);
    }
    nested.progressed(progress);
  }

  private String nested(String member) {
    if (continued) {
      Optional<String> found = server.nested(ids.experimentId(), ids.runId(), MEMBER, member);
      if (found.isPresent()) {
        server.resume(found.get());
        return found.get();
      }
    }
    return server.start(
        ids.experimentId(), member, Map.of(MlflowServer.PARENT, ids.runId(), MEMBER, member));
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
    server.end(ids.runId(), status);
  }

  private void logResults() throws IOException {
    RunSummary summary =
        directory.read("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
    List<Metric> metrics = new ArrayList<>();
    MlflowMember.add(metrics, "average_accuracy", summary.averageAccuracy(), 0);
    MlflowMember.add(metrics, "learning_accuracy", summary.learningAccuracy(), 0);
    MlflowMember.add(metrics, "forgetting", summary.forgetting(), 0);
    MlflowMember.add(metrics, "train_images", (double) summary.trainImages(), 0);
    MlflowMember.add(metrics, "train_images_per_second", summary.trainImagesPerSecond(), 0);
    server.log(ids.runId(), metrics, List.of(), List.of());
    String root = server.run(ids.runId()).getInfo().getArtifactUri();
    for (String name : ARTIFACTS) {
      if (!server.put(root, name, directory.files().read(directory.path(name)))) {
        return;
      }
    }
  }
}

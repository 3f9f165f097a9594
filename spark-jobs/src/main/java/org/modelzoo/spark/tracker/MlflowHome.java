package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;

/**
 * The run of MLflow that belongs to a directory of ours. The directory remembers it, so that
 * whoever works there later goes on in it.
 */
final class MlflowHome {
  private final MlflowServer server;
  private final RunDirectory directory;
  private final MlflowFile ids;
  private final Optional<Run> before;

  private MlflowHome(
      MlflowServer server, RunDirectory directory, MlflowFile ids, Optional<Run> before) {
    this.server = server;
    this.directory = directory;
    this.ids = ids;
    this.before = before;
  }

  /**
   * What a run starts with.
   *
   * @param tags beside that of the directory
   */
  record Start(String name, Map<String, String> tags, List<Param> params) {}

  /**
   * The directory's run, started or taken up again.
   *
   * @param experiment the name of MLflow's experiment for a new one
   * @param start of a new one
   */
  static MlflowHome open(
      MlflowServer server, RunDirectory directory, String experiment, Supplier<Start> start) {
    Optional<MlflowFile> known =
        directory
            .find(MlflowFile.NAME, MlflowFile.class, MlflowFile.FORMAT_VERSION)
            .record()
            .filter(file -> file.uri().equals(server.uri()));
    if (known.isPresent()) {
      server.resume(known.get().runId());
      Run before = server.run(known.get().runId());
      return new MlflowHome(server, directory, known.get(), Optional.of(before));
    }
    Start with = start.get();
    Map<String, String> tags = new LinkedHashMap<>(with.tags());
    tags.put("modelzoo.run_directory", directory.location());
    String experimentId = server.experiment(experiment);
    String id = server.start(experimentId, with.name(), tags);
    MlflowFile ids = new MlflowFile(MlflowFile.FORMAT_VERSION, server.uri(), experimentId, id);
    directory.write(MlflowFile.NAME, Json.write(ids));
    server.log(id, List.of(), with.params(), List.of());
    return new MlflowHome(server, directory, ids, Optional.empty());
  }

  /**
   * A configuration as parameters.
   *
   * @param without keys that begin with one of these
   */
  static List<Param> params(LoadedConfig config, List<String> without) {
    return config.flatten().entrySet().stream()
        .filter(entry -> without.stream().noneMatch(entry.getKey()::startsWith))
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> MlflowValues.param(entry.getKey(), entry.getValue()))
        .toList();
  }

  String runId() {
    return ids.runId();
  }

  /** A whole number that was kept as a tag when the run was taken up; 0 where there is none. */
  int known(String tag) {
    return before.map(run -> tags(run).getOrDefault(tag, "0")).map(Integer::parseInt).orElse(0);
  }

  static Map<String, String> tags(Run run) {
    Map<String, String> tags = new HashMap<>();
    run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  void log(List<Metric> metrics, List<RunTag> tags) {
    server.log(ids.runId(), metrics, List.of(), tags);
  }

  /** Starts a run inside this one. */
  String nest(String name, Map<String, String> tags) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.put(MlflowServer.PARENT, ids.runId());
    return server.start(ids.experimentId(), name, all);
  }

  /** The runs inside this one, of earlier starts, by the value of a tag that all have. */
  Map<String, Run> nested(String tag) {
    Map<String, Run> nested = new HashMap<>();
    if (before.isPresent()) {
      server
          .nested(ids.experimentId(), ids.runId())
          .forEach(run -> nested.putIfAbsent(tags(run).getOrDefault(tag, ""), run));
    }
    return nested;
  }

  /** Keeps those of these files of the directory that there are. */
  void keep(List<String> files) throws IOException {
    String root = server.run(ids.runId()).getInfo().getArtifactUri();
    for (String name : files) {
      if (directory.has(name)
          && !server.put(root, name, directory.files().read(directory.path(name)))) {
        return;
      }
    }
  }

  void end(RunStatus status) {
    server.end(ids.runId(), status);
  }
}

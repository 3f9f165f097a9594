package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.RunStatus;
import org.modelzoo.store.RunDirectory;

/** A sweep as a run of MLflow, in which the runs of its experiments are nested. */
final class MlflowSweep {
  private static final String NAME = "modelzoo.sweep";
  private static final List<String> ARTIFACTS = List.of("sweep.json", "results.csv", "results.md");

  private final String name;
  private final RunDirectory directory;
  private final MlflowHome home;

  private MlflowSweep(String name, RunDirectory directory, MlflowHome home) {
    this.name = name;
    this.directory = directory;
    this.home = home;
  }

  /** The run of a sweep's directory, started or taken up again. */
  static MlflowSweep open(
      MlflowServer server, RunDirectory directory, String experiment, String name) {
    MlflowHome home =
        MlflowHome.open(
            server,
            directory,
            experiment,
            () -> new MlflowHome.Start(name + " sweep", Map.of(NAME, name), List.of()));
    return new MlflowSweep(name, directory, home);
  }

  /** Whether a run directory is inside the sweep's. */
  boolean holds(String location) {
    return location.startsWith(directory.location() + "/");
  }

  /** What makes a run one of the sweep's. */
  Map<String, String> group() {
    return Map.of(MlflowServer.PARENT, home.runId(), NAME, name);
  }

  void end(RunStatus status) throws IOException {
    home.keep(ARTIFACTS);
    home.end(status);
  }
}

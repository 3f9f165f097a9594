package org.modelzoo.spark.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.report.StudySummary;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.event.RunEvent.TrialsChanged;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;

/**
 * A search as a run of MLflow, each trial as a run nested in it. The best trial so far is sent
 * every few seconds.
 */
final class MlflowStudy {
  private static final String RUNGS = "modelzoo.rungs";
  private static final long SEND_NANOS = Duration.ofSeconds(5).toNanos();

  /** Lists of any length, and what says nothing about results. */
  private static final List<String> NO_PARAMS =
      List.of("data.set.tasks", "search.queue", "cluster.", "output.", "trackers.");

  private static final List<String> ARTIFACTS =
      List.of("config.conf", "study.json", "trials.csv", "best.conf");

  private final MlflowServer server;
  private final RunDirectory directory;
  private final MlflowHome home;
  private final String objective;
  private final Map<Integer, MlflowTrial> trials = new HashMap<>();
  private final List<Metric> curve = new ArrayList<>();
  private List<RunTag> best = List.of();
  private int rungs;
  private long sentNanos = System.nanoTime();

  private MlflowStudy(
      MlflowServer server, RunDirectory directory, MlflowHome home, String objective) {
    this.server = server;
    this.directory = directory;
    this.home = home;
    this.objective = objective;
    this.rungs = home.known(RUNGS);
    home.nested(MlflowTrial.NUMBER)
        .forEach(
            (number, run) ->
                trials.put(Integer.parseInt(number), MlflowTrial.of(server, run, objective)));
  }

  /** The run of a study directory, started or taken up again. */
  static MlflowStudy open(MlflowServer server, RunDirectory directory, String experiment) {
    LoadedConfig config =
        ConfigLoader.parse(directory.configuration(), directory.path("config.conf").toString());
    MlflowHome home =
        MlflowHome.open(
            server,
            directory,
            experiment,
            () ->
                new MlflowHome.Start(
                    config.values().experiment().name() + " search",
                    Map.of(),
                    MlflowHome.params(config, NO_PARAMS)));
    String objective = KebabCase.of(config.values().search().objective());
    return new MlflowStudy(server, directory, home, objective);
  }

  void changed(TrialsChanged event) {
    for (Trial trial : event.trials()) {
      trials
          .computeIfAbsent(
              trial.number(), number -> MlflowTrial.start(server, home, trial, objective))
          .update(trial);
    }
    if (event.rungs() > rungs) {
      rungs = event.rungs();
      event.best().ifPresent(this::add);
    }
    if (System.nanoTime() - sentNanos >= SEND_NANOS) {
      send();
    }
  }

  private void add(Trial trial) {
    MlflowValues.add(curve, "best/" + objective, trial.value().orElseThrow(), rungs);
    best =
        List.of(
            MlflowValues.tag(RUNGS, Integer.toString(rungs)),
            MlflowValues.tag("modelzoo.best_trial", Integer.toString(trial.number())),
            MlflowValues.tag(
                "modelzoo.best_parameters",
                new String(Json.writeLine(trial.parameters()), UTF_8).strip()));
  }

  /** Sends what is held back. */
  void send() {
    if (!curve.isEmpty()) {
      home.log(curve, best);
      curve.clear();
    }
    sentNanos = System.nanoTime();
  }

  /** Ends the run, with the study's results where it is complete. */
  void end(RunStatus status) throws IOException {
    send();
    trials.values().forEach(MlflowTrial::leave);
    if (status == RunStatus.FINISHED) {
      logResults();
    }
    home.end(status);
  }

  private void logResults() throws IOException {
    StudySummary summary =
        directory.read("study.json", StudySummary.class, StudySummary.FORMAT_VERSION);
    List<Metric> metrics = new ArrayList<>();
    summary
        .trials()
        .forEach((state, count) -> MlflowValues.add(metrics, "trials/" + state, count, rungs));
    MlflowValues.add(metrics, "train_images", (double) summary.images(), rungs);
    home.log(metrics, List.of());
    home.keep(ARTIFACTS);
  }
}

package org.modelzoo.spark.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.modelzoo.base.KebabCase;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;

/**
 * The nested run of a trial. It knows how many rungs it has, so that none is logged twice. A pruned
 * trial is finished, as Optuna and Ray Tune have it; its exact state is a tag.
 */
final class MlflowTrial {
  /** Which trial it is. */
  static final String NUMBER = "modelzoo.trial";

  private static final String STATE = "modelzoo.trial_state";
  private static final String RUNGS = "modelzoo.rungs";

  private final MlflowServer server;
  private final String run;
  private final String objective;
  private RunStatus status;
  private String state;

  /** -1 while it has no parameters either. */
  private int rungs;

  private MlflowTrial(
      MlflowServer server,
      String run,
      String objective,
      RunStatus status,
      Map<String, String> tags) {
    this.server = server;
    this.run = run;
    this.objective = objective;
    this.status = status;
    this.state = tags.getOrDefault(STATE, "");
    this.rungs = Integer.parseInt(tags.getOrDefault(RUNGS, "-1"));
  }

  /** A trial that starts. */
  static MlflowTrial start(MlflowServer server, MlflowHome study, Trial trial, String objective) {
    Map<String, String> tags =
        Map.of(
            NUMBER,
            Integer.toString(trial.number()),
            "modelzoo.trial_origin",
            KebabCase.of(trial.origin()));
    String run = study.nest(Trial.name(trial.number()), tags);
    return new MlflowTrial(server, run, objective, RunStatus.RUNNING, Map.of());
  }

  /** A trial of an earlier start. */
  static MlflowTrial of(MlflowServer server, Run run, String objective) {
    return new MlflowTrial(
        server,
        run.getInfo().getRunId(),
        objective,
        run.getInfo().getStatus(),
        MlflowHome.tags(run));
  }

  /** Logs what is new with the trial. */
  void update(Trial trial) {
    String now = KebabCase.of(trial.state());
    int done = trial.outcomes().size();
    if (done > rungs || !now.equals(state)) {
      List<Metric> metrics = metrics(trial, Math.max(0, rungs));
      List<Param> params = rungs < 0 ? params(trial) : List.of();
      rungs = Math.max(rungs, done);
      state = now;
      server.log(run, metrics, params, tags(trial));
    }
    become(status(trial.state()));
  }

  /** The search ends before the trial does. */
  void leave() {
    if (status == RunStatus.RUNNING) {
      become(RunStatus.KILLED);
    }
  }

  private void become(RunStatus next) {
    if (next == status) {
      return;
    }
    if (next == RunStatus.RUNNING) {
      server.resume(run);
    } else {
      server.end(run, next);
    }
    status = next;
  }

  /** Of the rungs after those that are logged. */
  private List<Metric> metrics(Trial trial, int logged) {
    List<Metric> metrics = new ArrayList<>();
    trial.outcomes().entrySet().stream()
        .skip(logged)
        .filter(rung -> rung.getValue().hasValue())
        .forEach(
            rung -> MlflowValues.add(metrics, objective, rung.getValue().value(), rung.getKey()));
    return metrics;
  }

  private static List<Param> params(Trial trial) {
    return trial.parameters().entrySet().stream()
        .map(entry -> MlflowValues.param(entry.getKey(), entry.getValue().toString()))
        .toList();
  }

  private List<RunTag> tags(Trial trial) {
    List<RunTag> tags = new ArrayList<>();
    tags.add(MlflowValues.tag(STATE, state));
    tags.add(MlflowValues.tag(RUNGS, Integer.toString(rungs)));
    trial.outcomes().values().stream()
        .map(RungOutcome::message)
        .filter(message -> !message.isEmpty())
        .forEach(message -> tags.add(MlflowValues.tag("modelzoo.trial_message", message)));
    return tags;
  }

  private static RunStatus status(TrialState state) {
    return switch (state) {
      case WAITING, RUNNING, PAUSED -> RunStatus.RUNNING;
      case COMPLETED, PRUNED -> RunStatus.FINISHED;
      case DIVERGED, FAILED -> RunStatus.FAILED;
      case CANCELLED -> RunStatus.KILLED;
    };
  }
}

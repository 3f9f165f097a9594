package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.mlflow.api.proto.Service.RunStatus;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.Failed;
import org.modelzoo.spark.event.RunEvent.Finished;
import org.modelzoo.spark.event.RunEvent.MemberEvaluated;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.RoundFound;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunEvent.StudyEnded;
import org.modelzoo.spark.event.RunEvent.StudyStarted;
import org.modelzoo.spark.event.RunEvent.SweepEnded;
import org.modelzoo.spark.event.RunEvent.SweepStarted;
import org.modelzoo.spark.event.RunEvent.TrialsChanged;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome.Cancelled;
import org.modelzoo.training.MemberOutcome.Completed;

/** Logs runs, searches and sweeps to a tracking server of MLflow. */
final class MlflowTracker implements Tracker {
  private final String experiment;
  private final Configuration hadoop;
  private final MlflowServer server;
  private final Map<String, MlflowRun> runs = new HashMap<>();
  private final Map<String, MlflowStudy> studies = new HashMap<>();
  private final Map<String, MlflowSweep> sweeps = new HashMap<>();

  MlflowTracker(TrackersConfig.Mlflow settings, Configuration hadoop) {
    this.experiment = settings.experiment();
    this.hadoop = hadoop;
    this.server = new MlflowServer(settings.uri(), System.getenv());
  }

  @Override
  public String name() {
    return "mlflow";
  }

  @Override
  public void on(RunEvent event) throws IOException {
    onRun(event);
    onStudy(event);
    onSweep(event);
  }

  private void onRun(RunEvent event) throws IOException {
    if (event instanceof Started started) {
      RunDirectory directory = directory(started.location());
      runs.put(
          started.method(),
          MlflowRun.open(server, directory, experiment, group(directory.location())));
    } else if (event instanceof RoundFound round) {
      runs.get(round.method()).round(round.scores());
    } else if (event instanceof RoundCommitted round) {
      runs.get(round.method()).round(round.scores());
    } else if (event instanceof MemberProgressed member && runs.containsKey(member.method())) {
      runs.get(member.method()).progressed(member.member(), member.progress());
    } else if (event instanceof MemberEvaluated member && runs.containsKey(member.method())) {
      runs.get(member.method()).evaluated(member);
    } else if (event instanceof MemberFinished member) {
      runs.get(member.method()).ended(member.member(), status(member));
    } else if (event instanceof Finished finished) {
      runs.remove(finished.method()).end(RunStatus.FINISHED);
    } else if (event instanceof Failed failed) {
      runs.remove(failed.method()).end(RunStatus.FAILED);
    }
  }

  private void onStudy(RunEvent event) throws IOException {
    if (event instanceof StudyStarted study) {
      studies.put(study.study(), MlflowStudy.open(server, directory(study.location()), experiment));
    } else if (event instanceof TrialsChanged trials) {
      studies.get(trials.study()).changed(trials);
    } else if (event instanceof StudyEnded study) {
      studies.remove(study.study()).end(status(study.failure()));
    }
  }

  private void onSweep(RunEvent event) throws IOException {
    if (event instanceof SweepStarted sweep) {
      sweeps.put(
          sweep.sweep(),
          MlflowSweep.open(server, directory(sweep.location()), experiment, sweep.sweep()));
    } else if (event instanceof SweepEnded sweep) {
      sweeps.remove(sweep.sweep()).end(status(sweep.failure()));
    }
  }

  private RunDirectory directory(String location) {
    return RunDirectory.at(location, hadoop);
  }

  /** What a run in this directory belongs to, as tags. */
  private Map<String, String> group(String location) {
    return sweeps.values().stream()
        .filter(sweep -> sweep.holds(location))
        .findFirst()
        .map(MlflowSweep::group)
        .orElse(Map.of());
  }

  private static RunStatus status(Optional<String> failure) {
    return failure.isEmpty() ? RunStatus.FINISHED : RunStatus.FAILED;
  }

  private static RunStatus status(MemberFinished member) {
    if (member.outcome() instanceof Completed) {
      return RunStatus.FINISHED;
    }
    return member.outcome() instanceof Cancelled ? RunStatus.KILLED : RunStatus.FAILED;
  }

  @Override
  public void end() {
    runs.values().forEach(MlflowRun::flush);
    studies.values().forEach(MlflowStudy::send);
  }
}

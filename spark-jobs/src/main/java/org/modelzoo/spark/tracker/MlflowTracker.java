package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.mlflow.api.proto.Service.RunStatus;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunEvent.Failed;
import org.modelzoo.spark.progress.RunEvent.Finished;
import org.modelzoo.spark.progress.RunEvent.MemberFinished;
import org.modelzoo.spark.progress.RunEvent.MemberProgressed;
import org.modelzoo.spark.progress.RunEvent.RoundCommitted;
import org.modelzoo.spark.progress.RunEvent.RoundFound;
import org.modelzoo.spark.progress.RunEvent.Started;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome.Cancelled;
import org.modelzoo.training.MemberOutcome.Completed;

/** Logs runs to a tracking server of MLflow. */
final class MlflowTracker implements Tracker {
  private final TrackersConfig.Mlflow settings;
  private final Configuration hadoop;
  private final MlflowServer server;
  private final Map<String, MlflowRun> runs = new HashMap<>();

  MlflowTracker(TrackersConfig.Mlflow settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.server = new MlflowServer(settings.uri(), System.getenv());
  }

  @Override
  public String name() {
    return "mlflow";
  }

  @Override
  public void on(RunEvent event) throws IOException {
    if (event instanceof Started started) {
      runs.put(
          started.method(),
          MlflowRun.open(
              server, RunDirectory.at(started.location(), hadoop), settings.experiment()));
    } else if (event instanceof RoundFound round) {
      runs.get(round.method()).round(round.scores());
    } else if (event instanceof RoundCommitted round) {
      runs.get(round.method()).round(round.scores());
    } else if (event instanceof MemberProgressed member && runs.containsKey(member.method())) {
      runs.get(member.method()).progressed(member.member(), member.progress());
    } else if (event instanceof MemberFinished member) {
      runs.get(member.method()).ended(member.member(), status(member));
    } else if (event instanceof Finished finished) {
      runs.remove(finished.method()).end(RunStatus.FINISHED);
    } else if (event instanceof Failed failed) {
      runs.remove(failed.method()).end(RunStatus.FAILED);
    }
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
  }
}

package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
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
import org.modelzoo.spark.event.RunEvent.TrialsChanged;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome.Completed;

/**
 * Writes event files of TensorBoard into the directory {@code tensorboard} of every run and search.
 */
final class TensorBoardTracker implements Tracker {
  private final TrackersConfig.TensorBoard settings;
  private final Configuration hadoop;
  private final Map<String, TensorBoardRun> runs = new HashMap<>();
  private final Map<String, TensorBoardStudy> studies = new HashMap<>();

  TensorBoardTracker(TrackersConfig.TensorBoard settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
  }

  @Override
  public String name() {
    return "tensorboard";
  }

  @Override
  public void on(RunEvent event) throws IOException {
    if (event instanceof Started started) {
      TensorBoardRun run =
          new TensorBoardRun(RunDirectory.at(started.location(), hadoop), settings, hadoop);
      runs.put(started.method(), run);
      run.started();
    } else if (event instanceof RoundFound round) {
      runs.get(round.method()).round(round.scores());
    } else if (event instanceof RoundCommitted round) {
      runs.get(round.method()).round(round.scores());
    } else if (event instanceof MemberProgressed member && runs.containsKey(member.method())) {
      runs.get(member.method()).progressed(member.member(), member.progress());
    } else if (event instanceof MemberEvaluated member && runs.containsKey(member.method())) {
      runs.get(member.method()).evaluated(member);
    } else if (event instanceof MemberFinished member) {
      finished(runs.get(member.method()), member);
    } else if (event instanceof Finished finished) {
      runs.remove(finished.method()).end();
    } else if (event instanceof Failed failed) {
      runs.remove(failed.method()).end();
    } else if (event instanceof StudyStarted study) {
      studies.put(study.study(), new TensorBoardStudy(RunDirectory.at(study.location(), hadoop)));
    } else if (event instanceof TrialsChanged trials) {
      studies.get(trials.study()).changed(trials);
    } else if (event instanceof StudyEnded study) {
      studies.remove(study.study()).writeCurve();
    }
  }

  private static void finished(TensorBoardRun run, MemberFinished member) throws IOException {
    if (member.outcome() instanceof Completed) {
      run.completed(member.member());
    } else {
      run.ended(member.member());
    }
  }

  @Override
  public void end() {
    runs.values().forEach(TensorBoardRun::end);
    studies.values().forEach(TensorBoardStudy::writeCurve);
  }
}

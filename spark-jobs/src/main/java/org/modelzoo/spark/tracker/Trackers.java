package org.modelzoo.spark.tracker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunEvent.MemberFinished;
import org.modelzoo.spark.progress.RunEvent.MemberProgressed;
import org.modelzoo.spark.progress.RunEvent.RoundStarted;
import org.modelzoo.spark.progress.RunListener;

/** The trackers that a configuration asks for. None can stop a run. Lives on the driver. */
public final class Trackers implements RunListener, AutoCloseable {
  private final List<TrackerThread> threads = new ArrayList<>();
  private final Set<String> onTheFarm = new HashSet<>();

  private Trackers() {}

  /**
   * Starts the trackers.
   *
   * @param hadoop how to reach the run directories
   * @param remarks hears of trackers that were dropped
   */
  public static Trackers of(TrackersConfig config, Configuration hadoop, Consumer<String> remarks) {
    List<Tracker> wanted = new ArrayList<>();
    if (config.tensorboard().enabled()) {
      wanted.add(new TensorBoardTracker(config.tensorboard(), hadoop));
    }
    if (!config.mlflow().uri().isEmpty()) {
      wanted.add(new MlflowTracker(config.mlflow(), hadoop));
    }
    Trackers trackers = new Trackers();
    wanted.forEach(
        tracker -> trackers.threads.add(TrackerThread.start(tracker, config.timeLimit(), remarks)));
    return trackers;
  }

  /** Word from a member that has ended may come late, and is not passed on. */
  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RoundStarted round) {
      round.members().forEach(member -> onTheFarm.add(round.method() + " " + member.id()));
    } else if (event instanceof MemberFinished member) {
      onTheFarm.remove(member.method() + " " + member.member());
    } else if (event instanceof MemberProgressed member
        && !onTheFarm.contains(member.method() + " " + member.member())) {
      return;
    }
    threads.forEach(thread -> thread.on(event));
  }

  @Override
  public void close() {
    threads.forEach(TrackerThread::close);
  }
}

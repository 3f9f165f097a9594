package org.modelzoo.spark.tracker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.Failed;
import org.modelzoo.spark.event.RunEvent.Finished;
import org.modelzoo.spark.event.RunEvent.FromTraining;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.RoundFound;
import org.modelzoo.spark.event.RunEvent.RoundStarted;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunListener;

/** The trackers that a configuration asks for. None can stop a run. Lives on the driver. */
public final class Trackers implements RunListener, AutoCloseable {
  private final List<TrackerThread> threads = new ArrayList<>();
  private final Set<String> runs = new HashSet<>();
  private final Set<String> onTheFarm = new HashSet<>();

  private Trackers() {}

  /**
   * Starts the trackers.
   *
   * @param hadoop how to reach the run directories
   * @param remarks hears of trackers that were dropped
   * @throws org.modelzoo.base.ModelZooException (configuration) if the webhook has no address
   */
  public static Trackers of(TrackersConfig config, Configuration hadoop, Consumer<String> remarks) {
    List<Tracker> wanted = new ArrayList<>();
    if (config.tensorboard().enabled()) {
      wanted.add(new TensorBoardTracker(config.tensorboard(), hadoop));
    }
    if (!config.mlflow().uri().isEmpty()) {
      wanted.add(new MlflowTracker(config.mlflow(), hadoop));
    }
    if (config.webhook().enabled()) {
      wanted.add(WebhookTracker.of(config.webhook(), System.getenv()));
    }
    Trackers trackers = new Trackers();
    wanted.forEach(
        tracker -> trackers.threads.add(TrackerThread.start(tracker, config.timeLimit(), remarks)));
    return trackers;
  }

  /**
   * Word from a member or run that has ended may come late, and is not passed on; nor is what
   * happens in a search's trials, which are no runs.
   */
  @Override
  public synchronized void on(RunEvent event) {
    if (run(event).filter(name -> !runs.contains(name)).isPresent()) {
      return;
    }
    if (event instanceof Started started) {
      runs.add(started.method());
    } else if (event instanceof Finished finished) {
      runs.remove(finished.method());
    } else if (event instanceof Failed failed) {
      runs.remove(failed.method());
    } else if (event instanceof RoundStarted round) {
      round.members().forEach(member -> onTheFarm.add(round.method() + " " + member.id()));
    } else if (event instanceof MemberFinished member) {
      onTheFarm.remove(member.method() + " " + member.member());
    } else if (event instanceof FromTraining member
        && !onTheFarm.contains(member.method() + " " + member.member())) {
      return;
    }
    threads.forEach(thread -> thread.on(event));
  }

  /** Which run must have started for an event. */
  private static Optional<String> run(RunEvent event) {
    if (event instanceof RoundStarted round) {
      return Optional.of(round.method());
    } else if (event instanceof RoundFound round) {
      return Optional.of(round.method());
    } else if (event instanceof RoundCommitted round) {
      return Optional.of(round.method());
    } else if (event instanceof FromTraining member) {
      return Optional.of(member.method());
    } else if (event instanceof MemberFinished member) {
      return Optional.of(member.method());
    } else if (event instanceof Finished finished) {
      return Optional.of(finished.method());
    } else if (event instanceof Failed failed) {
      return Optional.of(failed.method());
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    threads.forEach(TrackerThread::close);
  }
}

package org.modelzoo.search;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.search.scheduler.Decision;
import org.modelzoo.search.scheduler.Rung;

/**
 * A search for the best parameters: ask it for a trial, train that over its rung, tell it the
 * outcome.
 *
 * <p>All that happens is told to the log before {@link #ask} and {@link #tell} return; whoever
 * keeps these events can open the study again, after a crash too, and finds it as it was, but for
 * rungs that were out, which are handed out again. Runs on the driver; thread-safe. If the log
 * throws, the study in memory is ahead of it: open it again from the log.
 */
public final class Study {
  private final StudyState state;
  private final SteadyClock clock;
  private final Consumer<StudyEvent> log;
  private final StudySettings settings;

  private Study(StudySettings settings, SteadyClock clock, Consumer<StudyEvent> log) {
    this.settings = settings;
    this.state = new StudyState(settings);
    this.clock = clock;
    this.log = log;
  }

  /**
   * Opens a study: a new one where there are no events, otherwise the one that they tell of, to
   * work on it. Its limits may differ from what they were: so is a finished study extended.
   *
   * @param past events, as the log was told them
   * @param clock for the limit of time and the events; started for this call
   * @param log is told every further event; must keep it before it returns
   * @throws ModelZooException (configuration) if the past events are of a study with other settings
   */
  public static Study open(
      StudySettings settings, List<StudyEvent> past, SteadyClock clock, Consumer<StudyEvent> log) {
    Study study = new Study(settings, clock, log);
    study.replay(past);
    if (past.isEmpty()) {
      study.happens(
          new StudyEvent.Created(clock.millis(), StudyLog.FORMAT_VERSION, settings.identity()));
    }
    if (past.size() < 2 || !study.state.limits().equals(settings.limits())) {
      study.happens(new StudyEvent.Limited(clock.millis(), settings.limits()));
    }
    study.happens(new StudyEvent.Opened(clock.millis()));
    return study;
  }

  /**
   * A study as its events tell of it, to look at. It takes no work: its log refuses every event.
   * Its time is that of the last one.
   *
   * @throws ModelZooException (configuration) if the past events are of a study with other settings
   */
  public static Study read(StudySettings settings, List<StudyEvent> past) {
    Study study =
        new Study(
            settings,
            new SteadyClock(InstantSource.fixed(lastTime(past)), () -> 0),
            event -> {
              throw new IllegalStateException("this study is open for reading only");
            });
    study.replay(past);
    return study;
  }

  private static Instant lastTime(List<StudyEvent> past) {
    return Instant.ofEpochMilli(past.isEmpty() ? 0 : past.get(past.size() - 1).at());
  }

  private void replay(List<StudyEvent> past) {
    if (!past.isEmpty()
        && past.get(0) instanceof StudyEvent.Created created
        && !created.identity().equals(settings.identity())) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "the study was begun with other settings:%n  %s%nand is now given%n  %s%nonly its limits may change; put the settings back, or start another study"
              .formatted(created.identity(), settings.identity()));
    }
    past.forEach(state::replay);
  }

  /**
   * Queues a known trial, to be run before those of the sampler, once: the same parameters are not
   * queued again, so that a program may do it at every start.
   *
   * @return whether it was queued
   * @throws ModelZooException (configuration) if the parameters don't fit the space
   */
  public synchronized boolean enqueue(Map<String, ?> known) {
    Map<String, Object> parameters = complete(known);
    if (state.isEnqueued(parameters)) {
      return false;
    }
    happens(new StudyEvent.Enqueued(clock.millis(), parameters));
    return true;
  }

  private Map<String, Object> complete(Map<String, ?> known) {
    return KnownTrial.in(settings.sampler().space(), known);
  }

  /**
   * A trial for a free slot, to be trained over its rung: on from its checkpoint where that is at
   * hand, else anew. Empty where there is none now, or none any more ({@link #isFinished}). Rungs
   * that were interrupted come first.
   */
  public synchronized Optional<Trial> ask() {
    if (isFinished()) {
      return Optional.empty();
    }
    long now = clock.millis();
    StudyEvent.Reason exhausted = state.exhausted(now);
    if (exhausted != null) {
      return nothing(exhausted);
    }
    Integer waiting = state.firstWaiting();
    if (waiting != null) {
      happens(new StudyEvent.Repeated(now, waiting, state.trial(waiting).rung().number()));
      return Optional.of(trial(waiting));
    }
    Decision decision = state.decide();
    return decision instanceof Decision.Run run
        ? Optional.of(handOut(run.rung(), now))
        : nothing(StudyEvent.Reason.TRIALS);
  }

  private Optional<Trial> nothing(StudyEvent.Reason reason) {
    if (!state.isAnythingRunning()) {
      happens(new StudyEvent.Finished(clock.millis(), reason));
    }
    return Optional.empty();
  }

  private Trial handOut(Rung rung, long now) {
    StudyEvent event =
        rung.trial() < state.started()
            ? new StudyEvent.Resumed(now, rung.trial(), rung.number())
            : new StudyEvent.Started(now, rung.trial(), state.nextParameters(), state.nextOrigin());
    log.accept(event);
    state.apply(event, rung);
    return trial(rung.trial());
  }

  /**
   * How the rung of a trial ended.
   *
   * @param trial as it was handed out
   * @throws IllegalStateException if it is not out
   */
  public synchronized void tell(Trial trial, RungOutcome outcome) {
    requireOut(trial);
    happens(
        new StudyEvent.Reported(clock.millis(), trial.number(), trial.rung().number(), outcome));
  }

  /**
   * Takes a trial back whose rung ended without an outcome, for example because its executor was
   * lost; it is handed out again. How often, {@link Trial#attempt} tells.
   *
   * @param trial as it was handed out
   * @throws IllegalStateException if it is not out
   */
  public synchronized void interrupt(Trial trial, String message) {
    requireOut(trial);
    happens(
        new StudyEvent.Interrupted(clock.millis(), trial.number(), trial.rung().number(), message));
  }

  private void requireOut(Trial trial) {
    if (!state.has(trial.number()) || !state.trial(trial.number()).isOut(trial)) {
      throw new IllegalStateException(trial.rung() + " is not out");
    }
  }

  private void happens(StudyEvent event) {
    log.accept(event);
    state.apply(event, null);
  }

  /** Whether {@link #ask} has nothing to hand out any more, and nothing is out. */
  public boolean isFinished() {
    return finished().isPresent();
  }

  /** Why the study is finished; empty while it is not. */
  public synchronized Optional<StudyEvent.Reason> finished() {
    return Optional.ofNullable(state.finished());
  }

  /** All trials in the order of starting. */
  public synchronized List<Trial> trials() {
    return state.trials();
  }

  /**
   * One trial.
   *
   * @throws IndexOutOfBoundsException if it was not started
   */
  public synchronized Trial trial(int number) {
    return state.trial(number).snapshot(state.state(number));
  }

  /** How many trials were started. */
  public synchronized int started() {
    return state.started();
  }

  /** Trials by state; all states are there. */
  public synchronized Map<TrialState, Integer> counts() {
    return state.counts();
  }

  /**
   * The best trial: of those trained furthest the one with the best value. Values after different
   * training are not compared.
   */
  public synchronized Optional<Trial> best() {
    return Optional.ofNullable(state.best()).map(this::trial);
  }

  /** Whether a trial's checkpoint may be needed again. */
  public synchronized boolean needsCheckpoint(int trial) {
    return !state.state(trial).isEnded();
  }

  /** Rungs that ended, with or without a value, over all trials. */
  public synchronized int rungs() {
    return state.rungs();
  }

  /** Images trained on, over all trials. */
  public synchronized long images() {
    return state.images();
  }

  /** Time of all sessions, in seconds, whatever was done to the wall clock. */
  public synchronized double seconds() {
    return state.millis(clock.millis()) / 1000.0;
  }

  /** Whether a known trial is queued, or was. */
  public synchronized boolean isEnqueued(Map<String, ?> known) {
    return state.isEnqueued(complete(known));
  }

  /** The limits in force. */
  public synchronized StudyLimits limits() {
    return state.limits();
  }
}

package org.modelzoo.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.modelzoo.search.sampler.History;
import org.modelzoo.search.sampler.Observation;
import org.modelzoo.search.scheduler.Decision;
import org.modelzoo.search.scheduler.Rung;
import org.modelzoo.search.scheduler.Scheduler;

/**
 * What the events of a study make of it. Knows no clock and writes nothing. A decision of the
 * scheduler is taken before its event; when events are read back, the scheduler is asked again and
 * has to decide the same.
 */
final class StudyState {
  private final StudySettings settings;
  private final Scheduler scheduler;
  private final List<TrialRecord> trials = new ArrayList<>();
  private final TreeSet<Integer> waiting = new TreeSet<>();
  private final History history = new History();

  /** Trials that rest, by the state that follows from their last rung alone. */
  private final Map<TrialState, Integer> resting = new EnumMap<>(TrialState.class);

  private final Deque<Map<String, Object>> queue = new ArrayDeque<>();
  private final Set<Map<String, Object>> enqueued = new HashSet<>();
  private StudyLimits limits;
  private StudyEvent.Reason finished;
  private int running;
  private int knownStarted;
  private long images;
  private int rungs;
  private long earlierMillis;
  private long openedAt;
  private long lastAt;
  private double bestLoss = Double.POSITIVE_INFINITY;

  StudyState(StudySettings settings) {
    this.settings = settings;
    this.scheduler = settings.scheduler().start();
    this.limits = settings.limits();
  }

  /** What a free slot should do, by the scheduler. */
  Decision decide() {
    return scheduler.next(trialLimit());
  }

  /** Known trials are not the sampler's. */
  private int trialLimit() {
    return (int) Math.min(limits.trials(), (long) enqueued.size() + settings.sampler().limit());
  }

  /** The parameters of the next trial. */
  Map<String, Object> nextParameters() {
    return queue.isEmpty()
        ? settings.sampler().propose(trials.size() - knownStarted, history)
        : queue.peekFirst();
  }

  Trial.Origin nextOrigin() {
    return queue.isEmpty() ? Trial.Origin.PROPOSED : Trial.Origin.KNOWN;
  }

  /** Repeats an event from a log. */
  void replay(StudyEvent event) {
    if (event instanceof StudyEvent.Started started) {
      apply(event, decided(started.trial(), -1));
    } else if (event instanceof StudyEvent.Resumed resumed) {
      apply(event, decided(resumed.trial(), resumed.rung()));
    } else {
      apply(event, null);
    }
  }

  private Rung decided(int trial, int rung) {
    if (decide() instanceof Decision.Run run
        && run.rung().trial() == trial
        && (rung < 0 ? trial == trials.size() : run.rung().number() == rung)) {
      return run.rung();
    }
    throw new IllegalStateException("the scheduler does not start trial " + trial + " here");
  }

  /**
   * Takes an event in.
   *
   * @param decided the rung that the scheduler hands out, where the event does
   */
  void apply(StudyEvent event, Rung decided) {
    long sessionEnd = lastAt;
    if (!(event instanceof StudyEvent.Limited)) { // That belongs to the session which opens next.
      lastAt = event.at();
    }
    if (event instanceof StudyEvent.Limited limited) {
      limits = limited.limits();
      finished = null;
    } else if (event instanceof StudyEvent.Opened) {
      open(event.at(), sessionEnd);
    } else if (event instanceof StudyEvent.Enqueued known) {
      queue.addLast(known.parameters());
      enqueued.add(known.parameters());
      finished = null;
    } else if (event instanceof StudyEvent.Started started) {
      start(started, decided);
    } else if (event instanceof StudyEvent.Resumed resumed) {
      running++;
      resting.merge(restingState(resumed.trial()), -1, Integer::sum);
      trials.get(resumed.trial()).resume(decided);
    } else if (event instanceof StudyEvent.Repeated repeated) {
      waiting.remove(repeated.trial());
      running++;
      trials.get(repeated.trial()).repeat();
    } else if (event instanceof StudyEvent.Reported reported) {
      end(reported);
    } else if (event instanceof StudyEvent.Interrupted interrupted) {
      interrupt(interrupted.trial());
    } else if (event instanceof StudyEvent.Finished end) {
      finished = end.reason();
    }
  }

  private void open(long at, long sessionEnd) {
    // Nothing tells how long a killed program lived after its last event.
    earlierMillis += openedAt == 0 ? 0 : Math.max(0, sessionEnd - openedAt);
    openedAt = at;
    for (int trial = 0; trial < trials.size(); trial++) {
      if (trials.get(trial).activity() == TrialRecord.Activity.RUNNING) {
        interrupt(trial);
      }
    }
  }

  private void interrupt(int trial) {
    running--;
    waiting.add(trial);
    trials.get(trial).interrupt();
  }

  private void start(StudyEvent.Started started, Rung first) {
    running++;
    if (started.origin() == Trial.Origin.KNOWN) {
      queue.removeFirst();
      knownStarted++;
    }
    trials.add(new TrialRecord(first, started.parameters(), started.origin()));
  }

  private void end(StudyEvent.Reported reported) {
    running--;
    TrialRecord trial = trials.get(reported.trial());
    scheduler.report(trial.rung(), reported.outcome().loss(settings.direction()));
    trial.end(reported.outcome());
    resting.merge(restingState(reported.trial()), 1, Integer::sum);
    images += reported.outcome().images();
    rungs++;
    trial.observation(settings.direction()).ifPresent(this::add);
  }

  private void add(Observation observation) {
    history.add(observation);
    bestLoss = Math.min(bestLoss, observation.loss());
  }

  TrialRecord trial(int number) {
    return trials.get(number);
  }

  boolean has(int number) {
    return number >= 0 && number < trials.size();
  }

  int started() {
    return trials.size();
  }

  Integer firstWaiting() {
    return waiting.isEmpty() ? null : waiting.first();
  }

  boolean isAnythingRunning() {
    return running > 0;
  }

  boolean isEnqueued(Map<String, Object> parameters) {
    return enqueued.contains(parameters);
  }

  StudyLimits limits() {
    return limits;
  }

  /** Null while there is something to do. */
  StudyEvent.Reason finished() {
    return finished;
  }

  long images() {
    return images;
  }

  int rungs() {
    return rungs;
  }

  /**
   * Time of all sessions, in milliseconds. The times of one session's events are those of one
   * steady clock, so their differences are durations; times of different sessions are not compared.
   */
  long millis(long now) {
    return earlierMillis + Math.max(0, now - openedAt);
  }

  /** A limit that is reached, whatever the scheduler would do; null where there is none. */
  StudyEvent.Reason exhausted(long now) {
    if (limits.target() != null && bestLoss <= settings.direction().loss(limits.target())) {
      return StudyEvent.Reason.TARGET;
    }
    if (limits.images() > 0 && images >= limits.images()) {
      return StudyEvent.Reason.IMAGES;
    }
    return limits.seconds() > 0 && millis(now) >= 1000 * limits.seconds()
        ? StudyEvent.Reason.SECONDS
        : null;
  }

  TrialState state(int number) {
    TrialRecord trial = trials.get(number);
    if (trial.activity() != TrialRecord.Activity.RESTING) {
      return trial.activity() == TrialRecord.Activity.RUNNING
          ? TrialState.RUNNING
          : TrialState.WAITING;
    }
    TrialState state = restingState(number);
    return state == TrialState.PRUNED && finished == null && scheduler.mayResume(number)
        ? TrialState.PAUSED
        : state;
  }

  /** By its last rung alone: whether one that is pruned may go on, the scheduler knows. */
  private TrialState restingState(int number) {
    TrialRecord trial = trials.get(number);
    return switch (trial.lastOutcome().status()) {
      case DIVERGED -> TrialState.DIVERGED;
      case FAILED -> TrialState.FAILED;
      case CANCELLED -> TrialState.CANCELLED;
      case FINISHED ->
          trial.rung().to() == scheduler.maximum() ? TrialState.COMPLETED : TrialState.PRUNED;
    };
  }

  /** Trials by state; all states are there. */
  Map<TrialState, Integer> counts() {
    Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    for (TrialState any : TrialState.values()) {
      counts.put(any, resting.getOrDefault(any, 0));
    }
    counts.put(TrialState.RUNNING, running);
    counts.put(TrialState.WAITING, waiting.size());
    int paused = finished == null ? scheduler.resumable() : 0;
    counts.put(TrialState.PAUSED, paused);
    counts.merge(TrialState.PRUNED, -paused, Integer::sum);
    return counts;
  }

  List<Trial> trials() {
    List<Trial> all = new ArrayList<>();
    for (int number = 0; number < trials.size(); number++) {
      all.add(trials.get(number).snapshot(state(number)));
    }
    return Collections.unmodifiableList(all);
  }

  /** The number of the best trial; null where none has a value. */
  Integer best() {
    return history.best().map(Observation::trial).orElse(null);
  }
}

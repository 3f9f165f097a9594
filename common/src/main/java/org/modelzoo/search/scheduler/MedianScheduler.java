package org.modelzoo.search.scheduler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Median stopping (Golovin et al., "Google Vizier", 2017, in Optuna's form): a trial whose best
 * loss so far is worse than the median of the completed trials' losses at the same rung goes no
 * further. Trials that may go on do so before new ones start.
 */
final class MedianScheduler implements Scheduler {
  private final Ladder ladder;
  private final int startupTrials;
  private final List<List<Double>> completed = new ArrayList<>();
  private final Map<Integer, List<Double>> losses = new HashMap<>();
  private final Deque<Integer> ready = new ArrayDeque<>();
  private final RunningRungs running = new RunningRungs();
  private int started;

  MedianScheduler(Ladder ladder, int startupTrials) {
    this.ladder = ladder;
    this.startupTrials = startupTrials;
    ladder.resources().forEach(rung -> completed.add(new ArrayList<>()));
  }

  @Override
  public Decision next(int trialLimit) {
    Integer trial = ready.pollFirst();
    if (trial != null) {
      return running.start(ladder.climb(trial, losses.get(trial).size()));
    }
    if (started < trialLimit) {
      losses.put(started, new ArrayList<>());
      return running.start(ladder.start(started++, 0));
    }
    return running.rest();
  }

  @Override
  public void report(Rung rung, OptionalDouble loss) {
    running.end(rung);
    List<Double> own = losses.get(rung.trial());
    if (loss.isEmpty() || Double.isInfinite(loss.getAsDouble())) {
      losses.remove(rung.trial());
      return;
    }
    own.add(loss.getAsDouble());
    if (rung.number() == ladder.top()) {
      for (int number = 0; number < own.size(); number++) {
        insert(completed.get(number), own.get(number));
      }
      losses.remove(rung.trial());
    } else if (isPromising(own, completed.get(rung.number()))) {
      ready.addLast(rung.trial());
    } else {
      losses.remove(rung.trial());
    }
  }

  private boolean isPromising(List<Double> own, List<Double> others) {
    return others.size() < startupTrials || Collections.min(own) <= median(others);
  }

  /** Of sorted numbers. */
  private static double median(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static void insert(List<Double> sorted, double loss) {
    int place = Collections.binarySearch(sorted, loss);
    sorted.add(place < 0 ? -place - 1 : place, loss);
  }

  @Override
  public boolean mayResume(int trial) {
    return ready.contains(trial);
  }

  @Override
  public int resumable() {
    return ready.size();
  }

  @Override
  public int maximum() {
    return ladder.resources().get(ladder.top());
  }
}

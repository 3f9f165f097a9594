package org.modelzoo.search.scheduler;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning", 2020, algorithm 2). Where a slot is free, the best trial that is among the top 1/η of
 * those that finished its rung, and was not promoted before, climbs to the next one, the highest
 * rungs first; where there is none, a new trial starts.
 */
final class AshaScheduler implements Scheduler {
  private final Ladder ladder;
  private final Brackets<AshaRung> brackets;
  private final RunningRungs running = new RunningRungs();
  private final Set<Integer> paused = new HashSet<>();
  private int started;

  AshaScheduler(Ladder ladder, int reductionFactor, int numberOfBrackets) {
    this.ladder = ladder;
    this.brackets =
        new Brackets<>(
            ladder, reductionFactor, numberOfBrackets, () -> new AshaRung(reductionFactor));
  }

  @Override
  public Decision next(int trialLimit) {
    for (int rung = ladder.top() - 1; rung >= 0; rung--) {
      for (AshaRung finished : brackets.at(rung)) {
        Optional<Integer> promoted = finished.promote();
        if (promoted.isPresent()) {
          paused.remove(promoted.get());
          return running.start(ladder.climb(promoted.get(), rung + 1));
        }
      }
    }
    if (started < trialLimit) {
      return running.start(brackets.start(started++));
    }
    return running.rest();
  }

  @Override
  public void report(Rung rung, OptionalDouble loss) {
    running.end(rung);
    if (rung.number() == ladder.top() || loss.isEmpty()) {
      return;
    }
    brackets.of(rung).add(new Ranked(loss.getAsDouble(), rung.trial()));
    if (Double.isFinite(loss.getAsDouble())) {
      paused.add(rung.trial());
    }
  }

  @Override
  public boolean mayResume(int trial) {
    return paused.contains(trial);
  }

  @Override
  public int resumable() {
    return paused.size();
  }

  @Override
  public int maximum() {
    return ladder.resources().get(ladder.top());
  }
}

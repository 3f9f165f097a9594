package org.modelzoo.search.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * Asynchronous successive halving by stopping, as Ray Tune's {@code ASHAScheduler} does it: a trial
 * that finishes a rung goes on at once if its loss is not above the cutoff of the trials that
 * finished the rung before it, and is over otherwise. No trial waits to be promoted later, so early
 * trials, which have few to be compared with, climb more easily. Ray draws a trial's bracket at
 * random; see {@link Brackets}.
 */
final class StoppingAshaScheduler implements Scheduler {
  private final Ladder ladder;
  private final Brackets<CutoffRung> brackets;
  private final Deque<Rung> ready = new ArrayDeque<>();
  private final RunningRungs running = new RunningRungs();
  private int started;

  StoppingAshaScheduler(Ladder ladder, int reductionFactor, int numberOfBrackets) {
    this.ladder = ladder;
    this.brackets =
        new Brackets<>(
            ladder, reductionFactor, numberOfBrackets, () -> new CutoffRung(reductionFactor));
  }

  @Override
  public Decision next(int trialLimit) {
    Rung rung = ready.pollFirst();
    if (rung != null) {
      return running.start(rung);
    }
    if (started < trialLimit) {
      return running.start(brackets.start(started++));
    }
    return running.rest();
  }

  @Override
  public void report(Rung rung, OptionalDouble loss) {
    running.end(rung);
    // One that diverged is over, and like NaN in Ray counts in no cutoff.
    if (rung.number() == ladder.top() || !Double.isFinite(loss.orElse(Double.NaN))) {
      return;
    }
    if (brackets.of(rung).add(loss.getAsDouble())) {
      ready.addLast(ladder.climb(rung.trial(), rung.number() + 1));
    }
  }

  @Override
  public boolean mayResume(int trial) {
    return ready.stream().anyMatch(rung -> rung.trial() == trial);
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

package org.modelzoo.search.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Hyperband (Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization",
 * 2018, algorithm 1). Each bracket halves synchronously, so that which trials climb does not depend
 * on the order in which they end; while one waits for its last trials, free slots start the next
 * bracket. After the last kind of bracket the first comes again. A bracket cut short by the limit
 * of trials is halved as it is, and is not filled up afterwards.
 */
final class HyperbandScheduler implements Scheduler {
  private final Ladder ladder;
  private final int reductionFactor;
  private final int[] sizes;
  private final List<HyperbandBracket> open = new ArrayList<>();
  private final List<HyperbandBracket> bracketOfTrial = new ArrayList<>();
  private final RunningRungs running = new RunningRungs();
  private HyperbandBracket newest;
  private int brackets;

  HyperbandScheduler(Ladder ladder, int reductionFactor) {
    this.ladder = ladder;
    this.reductionFactor = reductionFactor;
    this.sizes = BracketSizes.of(ladder.resources().size(), reductionFactor);
  }

  @Override
  public Decision next(int trialLimit) {
    for (HyperbandBracket bracket : open) {
      if (bracketOfTrial.size() >= trialLimit) {
        bracket.closePartial();
      }
      Optional<Rung> rung = bracket.climb();
      if (rung.isPresent()) {
        return running.start(rung.get());
      }
    }
    if (bracketOfTrial.size() < trialLimit) {
      int trial = bracketOfTrial.size();
      HyperbandBracket bracket = openBracket();
      bracketOfTrial.add(bracket);
      return running.start(bracket.join(trial));
    }
    return running.rest();
  }

  private HyperbandBracket openBracket() {
    if (newest == null || !newest.isOpen()) {
      int kind = brackets++ % sizes.length;
      newest = new HyperbandBracket(ladder, reductionFactor, sizes[kind], kind);
      open.add(newest);
    }
    return newest;
  }

  @Override
  public void report(Rung rung, OptionalDouble loss) {
    running.end(rung);
    HyperbandBracket bracket = bracketOfTrial.get(rung.trial());
    bracket.report(rung.trial(), loss);
    if (bracket.isOver()) {
      open.remove(bracket);
    }
  }

  @Override
  public boolean mayResume(int trial) {
    return bracketOfTrial.get(trial).mayResume(trial);
  }

  @Override
  public int resumable() {
    return open.stream().mapToInt(HyperbandBracket::resumable).sum();
  }

  @Override
  public int maximum() {
    return ladder.resources().get(ladder.top());
  }
}

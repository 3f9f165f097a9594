package org.modelzoo.search.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final List<HyperbandBracket> brackets = new ArrayList<>();
  private final List<HyperbandBracket> bracketOfTrial = new ArrayList<>();
  private final RunningWork running = new RunningWork();

  HyperbandScheduler(Ladder ladder, int reductionFactor) {
    this.ladder = ladder;
    this.reductionFactor = reductionFactor;
    this.sizes = BracketSizes.of(ladder.resources().size(), reductionFactor);
  }

  @Override
  public Decision next(int trialLimit) {
    for (HyperbandBracket bracket : brackets) {
      if (bracketOfTrial.size() >= trialLimit) {
        bracket.halveAsItIs();
      }
      Optional<Work> work = bracket.climb();
      if (work.isPresent()) {
        return running.start(work.get());
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
    if (brackets.isEmpty() || !brackets.get(brackets.size() - 1).isOpen()) {
      int kind = brackets.size() % sizes.length;
      brackets.add(new HyperbandBracket(ladder, reductionFactor, sizes[kind], kind));
    }
    return brackets.get(brackets.size() - 1);
  }

  @Override
  public void report(Work work, RungOutcome outcome) {
    running.end(work);
    bracketOfTrial.get(work.trial()).report(work.trial(), outcome);
  }

  @Override
  public boolean mayResume(int trial) {
    return bracketOfTrial.get(trial).mayResume(trial);
  }

  @Override
  public int maximum() {
    return ladder.resources().get(ladder.top());
  }
}

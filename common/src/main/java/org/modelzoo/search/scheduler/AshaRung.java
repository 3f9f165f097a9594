package org.modelzoo.search.scheduler;

import java.util.Optional;
import java.util.TreeSet;

/**
 * The trials that finished one rung. Keeps the best ⌊n / η⌋ of n apart, so that a promotion takes
 * logarithmic time however many trials there are.
 */
final class AshaRung {
  private final int reductionFactor;
  private final TreeSet<Ranked> best = new TreeSet<>();
  private final TreeSet<Ranked> others = new TreeSet<>();
  private final TreeSet<Ranked> promotable = new TreeSet<>();
  private final TreeSet<Ranked> promoted = new TreeSet<>();

  AshaRung(int reductionFactor) {
    this.reductionFactor = reductionFactor;
  }

  void add(Ranked trial) {
    others.add(trial);
    if (best.size() < (best.size() + others.size()) / reductionFactor) {
      moveUp();
    } else if (!best.isEmpty() && trial.compareTo(best.last()) < 0) {
      moveUp();
      Ranked displaced = best.pollLast();
      promotable.remove(displaced);
      others.add(displaced);
    }
  }

  private void moveUp() {
    Ranked better = others.pollFirst();
    best.add(better);
    // One that was promoted may have been displaced and come back.
    if (!promoted.contains(better) && better.loss() < Double.POSITIVE_INFINITY) {
      promotable.add(better);
    }
  }

  /** Takes the best trial that may go on and has not yet. */
  Optional<Integer> promote() {
    Ranked trial = promotable.pollFirst();
    if (trial == null) {
      return Optional.empty();
    }
    promoted.add(trial);
    return Optional.of(trial.trial());
  }
}

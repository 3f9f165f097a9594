package org.modelzoo.search.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The losses of the trials that finished one rung, with the cutoff that the next one must reach.
 */
final class CutoffRung {
  private final int reductionFactor;
  private final List<Double> sorted = new ArrayList<>();

  CutoffRung(int reductionFactor) {
    this.reductionFactor = reductionFactor;
  }

  /** Adds a finite loss; whether it reached the cutoff before, as the first one always does. */
  boolean add(double loss) {
    boolean reached = sorted.isEmpty() || loss <= cutoff();
    int place = Collections.binarySearch(sorted, loss);
    sorted.add(place < 0 ? -place - 1 : place, loss);
    return reached;
  }

  /**
   * The 1/η quantile of the losses, between two of them by linear interpolation: Ray's {@code
   * np.nanpercentile(rewards, (1 - 1 / η) * 100)}, its rewards being negative losses.
   */
  private double cutoff() {
    int below = (sorted.size() - 1) / reductionFactor;
    int rest = (sorted.size() - 1) % reductionFactor;
    double cutoff = sorted.get(below);
    return rest == 0
        ? cutoff
        : cutoff + (double) rest / reductionFactor * (sorted.get(below + 1) - cutoff);
  }
}

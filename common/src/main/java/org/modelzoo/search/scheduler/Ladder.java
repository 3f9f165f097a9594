package org.modelzoo.search.scheduler;

import java.util.ArrayList;
import java.util.List;

/**
 * The resources at which trials are compared: r, r·η, r·η², … below R, then R.
 *
 * <p>Where R is not r times a power of η, the last step is shorter than in the papers, whose rungs
 * end below R; so does Ray Tune.
 */
record Ladder(List<Integer> resources) {
  static Ladder geometric(int gracePeriod, int reductionFactor, int maximum) {
    List<Integer> resources = new ArrayList<>();
    for (long resource = gracePeriod; resource < maximum; resource *= reductionFactor) {
      resources.add((int) resource);
    }
    resources.add(maximum);
    return new Ladder(List.copyOf(resources));
  }

  static Ladder even(int interval, int maximum) {
    List<Integer> resources = new ArrayList<>();
    for (long resource = interval; resource < maximum; resource += interval) {
      resources.add((int) resource);
    }
    resources.add(maximum);
    return new Ladder(List.copyOf(resources));
  }

  int top() {
    return resources.size() - 1;
  }

  /** The training that brings a trial to a rung from the one below it. */
  Rung climb(int trial, int rung) {
    return new Rung(trial, rung, resources.get(rung - 1), resources.get(rung));
  }

  /** The first training of a trial that begins at a rung. */
  Rung start(int trial, int rung) {
    return new Rung(trial, rung, 0, resources.get(rung));
  }
}

package org.modelzoo.search.sampler;

import java.util.Arrays;

/** How much each of n trials, the oldest first, counts in an estimate. */
final class AgeWeights {
  /** So many of the newest count in full. */
  private static final int NEWEST = 25;

  private AgeWeights() {}

  /** 1 for the newest 25; from 1 / n upwards, evenly, for those before them (as in Optuna). */
  static double[] of(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    int older = n - NEWEST;
    for (int i = 0; i < older; i++) {
      double share = older == 1 ? 0 : (double) i / (older - 1);
      weights[i] = 1.0 / n + share * (1 - 1.0 / n);
    }
    return weights;
  }
}

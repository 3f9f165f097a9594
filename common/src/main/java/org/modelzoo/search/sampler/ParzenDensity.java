package org.modelzoo.search.sampler;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * A mixture of normal distributions cut off at the ends of the unit interval: one at every place,
 * as wide as the larger gap to its neighbours, and a wide one in the middle, the prior.
 *
 * @param weights of the components, 1 together
 * @param logScales logarithm of each component's weight over what the interval holds of it and over
 *     σ √(2π)
 */
record ParzenDensity(double[] centres, double[] deviations, double[] weights, double[] logScales)
    implements Density {
  private static final double PRIOR_CENTRE = 0.5;
  private static final double PRIOR_DEVIATION = 1;
  private static final double PRIOR_WEIGHT = 1;
  private static final double LOG_ROOT_OF_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

  /**
   * The estimate from some places.
   *
   * @param places in [0, 1], the oldest first; none leaves the prior alone
   */
  static ParzenDensity of(double[] places) {
    int n = places.length;
    double[] centres = Arrays.copyOf(places, n + 1);
    centres[n] = PRIOR_CENTRE;
    double[] weights = Arrays.copyOf(AgeWeights.of(n), n + 1);
    weights[n] = PRIOR_WEIGHT;
    double total = Arrays.stream(weights).sum();
    Arrays.setAll(weights, i -> weights[i] / total);
    double[] deviations = deviations(centres);
    deviations[n] = PRIOR_DEVIATION;
    double[] logScales = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      double inside =
          cumulative((1 - centres[i]) / deviations[i]) - cumulative(-centres[i] / deviations[i]);
      logScales[i] =
          StrictMath.log(weights[i])
              - StrictMath.log(inside)
              - StrictMath.log(deviations[i])
              - LOG_ROOT_OF_TWO_PI;
    }
    return new ParzenDensity(centres, deviations, weights, logScales);
  }

  private static double[] deviations(double[] centres) {
    int n = centres.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparing(i -> centres[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double least = 1.0 / Math.min(100, 1 + n);
    double[] deviations = new double[n];
    for (int rank = 0; rank < n; rank++) {
      double centre = centres[order[rank]];
      // The ends of the interval are no neighbours, unless there are hardly any others.
      int few = n < 4 ? 1 : 0;
      double left = rank > 0 ? centre - centres[order[rank - 1]] : few * centre;
      double right = rank < n - 1 ? centres[order[rank + 1]] - centre : few * (1 - centre);
      deviations[order[rank]] = Math.max(least, Math.min(1, Math.max(left, right)));
    }
    return deviations;
  }

  /** The standard normal distribution Φ. */
  private static double cumulative(double z) {
    return 0.5 * Erf.erfc(-z / Math.sqrt(2));
  }

  @Override
  public double draw(RandomGenerator random) {
    double left = random.nextDouble();
    int component = 0;
    while (component < weights.length - 1 && left >= weights[component]) {
      left -= weights[component++];
    }
    while (true) {
      // Centres lie inside and no deviation is above 1: more than a third of the draws do too.
      double u = centres[component] + deviations[component] * random.nextGaussian();
      if (u >= 0 && u <= 1) {
        return u;
      }
    }
  }

  @Override
  public double logAt(double u) {
    double[] terms = new double[centres.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < terms.length; i++) {
      double z = (u - centres[i]) / deviations[i];
      terms[i] = logScales[i] - z * z / 2;
      largest = Math.max(largest, terms[i]);
    }
    double sum = 0;
    for (double term : terms) {
      sum += StrictMath.exp(term - largest);
    }
    return largest + StrictMath.log(sum);
  }
}

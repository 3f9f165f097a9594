package org.modelzoo.report;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A mean over repetitions.
 *
 * @param count of repetitions
 * @param deviation sample standard deviation (n − 1); NaN for a single value
 * @param halfWidth of the mean's 95 % confidence interval by Student's t: t(0.975, n − 1) s / √n;
 *     NaN for a single value
 */
public record Interval(int count, double mean, double deviation, double halfWidth) {
  private static final double UPPER = 0.975;

  /** Of at least one value. */
  public static Interval of(double... values) {
    SummaryStatistics statistics = new SummaryStatistics();
    for (double value : values) {
      statistics.addValue(value);
    }
    int count = values.length;
    double deviation = count < 2 ? Double.NaN : statistics.getStandardDeviation();
    double halfWidth =
        count < 2
            ? Double.NaN
            : new TDistribution(count - 1.0).inverseCumulativeProbability(UPPER)
                * deviation
                / Math.sqrt(count);
    return new Interval(count, statistics.getMean(), deviation, halfWidth);
  }
}

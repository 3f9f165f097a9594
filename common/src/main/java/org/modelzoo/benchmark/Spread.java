package org.modelzoo.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where the values of a series lie, in milliseconds.
 *
 * @param low 10th percentile
 * @param high 90th percentile
 */
record Spread(double median, double low, double high) {
  /** Of nanoseconds; the series is not empty. */
  static <T> Spread of(List<T> series, ToLongFunction<T> nanos) {
    long[] sorted = series.stream().mapToLong(nanos).sorted().toArray();
    return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.1), quantile(sorted, 0.9));
  }

  /** Interpolates linearly between the neighbours. */
  private static double quantile(long[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    double nanos = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    return Math.round(nanos / 1e3) / 1e3;
  }

  /** Median of nanoseconds, in milliseconds. */
  static double median(long[] nanos) {
    return of(Arrays.stream(nanos).boxed().toList(), Long::longValue).median();
  }
}

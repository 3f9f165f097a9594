package org.modelzoo.spark.tracker;

import org.tensorflow.framework.HistogramProto;

/** Counts values in equal intervals from the least to the greatest. */
final class WeightHistogram {
  private static final int BUCKETS = 30;

  private WeightHistogram() {}

  /** The histogram of the finite values; empty where there is none. */
  static HistogramProto of(float[] values) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        sum += value;
        squares += (double) value * value;
        count++;
      }
    }
    HistogramProto.Builder histogram = HistogramProto.newBuilder();
    if (count == 0) {
      return histogram.build();
    }
    histogram.setMin(least).setMax(greatest).setNum(count).setSum(sum).setSumSquares(squares);
    int[] counts = counts(values, least, greatest);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      histogram.addBucketLimit(least + (greatest - least) * (bucket + 1) / BUCKETS);
      histogram.addBucket(counts[bucket]);
    }
    return histogram.build();
  }

  private static int[] counts(float[] values, double least, double greatest) {
    int[] counts = new int[BUCKETS];
    double scale = greatest > least ? BUCKETS / (greatest - least) : 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[Math.min(BUCKETS - 1, (int) ((value - least) * scale))]++;
      }
    }
    return counts;
  }
}

package org.modelzoo.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the probability of the predicted class, its confidence, is from how often that class is
 * right: images are put into bins of equal width by their confidence (Guo et al., "On Calibration
 * of Modern Neural Networks", ICML 2017).
 *
 * @param bins from confidence 0 to 1; a confidence on a border belongs to the bin above
 */
public record Calibration(List<Bin> bins) implements Serializable {
  /** Of the expected calibration error. */
  public static final String FORMULA =
      "Σ over 15 bins of n(bin)/n · |accuracy(bin) − mean confidence(bin)|";

  private static final int BINS = 15;

  /**
   * Images of similar confidence.
   *
   * @param confidence the sum of theirs
   */
  public record Bin(long images, long correct, double confidence) implements Serializable {
    private Bin plus(Bin other) {
      return new Bin(images + other.images, correct + other.correct, confidence + other.confidence);
    }
  }

  public Calibration {
    bins = List.copyOf(bins);
    if (bins.size() != BINS) {
      throw new IllegalArgumentException(bins.size() + " bins instead of " + BINS);
    }
  }

  /**
   * Puts images into bins.
   *
   * @param confidences in [0, 1]
   * @param correct whether the predicted class is the true one
   */
  public static Calibration of(float[] confidences, boolean[] correct) {
    if (confidences.length != correct.length) {
      throw new IllegalArgumentException(confidences.length + " and " + correct.length + " images");
    }
    long[] images = new long[BINS];
    long[] right = new long[BINS];
    double[] sums = new double[BINS];
    for (int i = 0; i < confidences.length; i++) {
      int bin = Math.min((int) (confidences[i] * (double) BINS), BINS - 1);
      images[bin]++;
      right[bin] += correct[i] ? 1 : 0;
      sums[bin] += confidences[i];
    }
    return new Calibration(
        IntStream.range(0, BINS)
            .mapToObj(bin -> new Bin(images[bin], right[bin], sums[bin]))
            .toList());
  }

  /** Of the images of both. */
  public Calibration plus(Calibration other) {
    List<Bin> sums = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      sums.add(bins.get(bin).plus(other.bins.get(bin)));
    }
    return new Calibration(sums);
  }

  /** The expected calibration error, see {@link #FORMULA}; NaN without images. */
  public double error() {
    long images = bins.stream().mapToLong(Bin::images).sum();
    return bins.stream().mapToDouble(bin -> Math.abs(bin.correct() - bin.confidence())).sum()
        / images;
  }
}

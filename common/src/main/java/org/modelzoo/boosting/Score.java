package org.modelzoo.boosting;

import java.util.Collection;

/**
 * How well a zoo does on some images.
 *
 * @param accuracy share of images whose likeliest class is the true one
 * @param loss mean negative natural logarithm of the true class's probability
 */
public record Score(double accuracy, double loss) {
  /** The mean over tasks, each counting the same. */
  public static Score mean(Collection<Score> tasks) {
    return new Score(
        tasks.stream().mapToDouble(Score::accuracy).average().orElse(Double.NaN),
        tasks.stream().mapToDouble(Score::loss).average().orElse(Double.NaN));
  }
}

package org.modelzoo.run;

import static java.util.Objects.requireNonNull;

import org.modelzoo.boosting.Score;
import org.modelzoo.store.Predictions.Split;

/**
 * How well the images of a task are done.
 *
 * @param task its place in the configuration
 * @param split which images
 * @param loss mean negative natural logarithm of the true class's probability; null where there is
 *     no image
 * @param accuracy share of images whose likeliest class is the true one, in [0, 1]; null where
 *     there is no image
 */
public record SplitScore(int task, Split split, Double loss, Double accuracy) {
  /** Checks the ranges. */
  public SplitScore {
    requireNonNull(split, "split");
    if (task < 0 || (accuracy != null && !(accuracy >= 0 && accuracy <= 1))) {
      throw new IllegalArgumentException(
          "task %d has an accuracy of %s, and it is in [0, 1]".formatted(task, accuracy));
    }
  }

  static SplitScore of(int task, Split split, Score score) {
    return new SplitScore(task, split, numberOrNull(score.loss()), numberOrNull(score.accuracy()));
  }

  private static Double numberOrNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Loss and accuracy; NaN for a split without images. */
  public Score score() {
    return new Score(accuracy == null ? Double.NaN : accuracy, loss == null ? Double.NaN : loss);
  }
}

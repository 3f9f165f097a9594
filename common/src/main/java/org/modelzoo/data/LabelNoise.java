package org.modelzoo.data;

import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;

/** Replaces a share of a task's labels by random ones. */
final class LabelNoise {
  private LabelNoise() {}

  /**
   * Gives exactly the rounded share of all labels a label drawn evenly from the task's, which may
   * be the true one again.
   *
   * @param labels the arrays whose labels together are meant; written to
   */
  static void apply(double share, int classes, long seed, int task, short[]... labels) {
    int left = 0;
    for (short[] part : labels) {
      left += part.length;
    }
    SplittableRandom random = Seeds.random(seed, "label-noise", task);
    int missing = (int) Math.round(share * left);
    for (short[] part : labels) {
      for (int i = 0; i < part.length && missing > 0; i++) {
        if (random.nextInt(left--) < missing) {
          part[i] = (short) random.nextInt(classes);
          missing--;
        }
      }
    }
  }
}

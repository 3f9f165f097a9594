package org.modelzoo.data;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.TaskConfig;

/** Replaces a share of a task's labels, or of those of some of its classes, by random ones. */
final class LabelNoise {
  private LabelNoise() {}

  /**
   * Gives exactly the rounded share of the labels a label drawn evenly from the task's, which may
   * be the true one again.
   *
   * @param config says the share, and which classes' labels it is taken of
   * @param task its index
   * @param labels the arrays whose labels together are meant; written to
   */
  static void apply(TaskConfig config, long seed, int task, short[]... labels) {
    BitSet clean = clean(config);
    int left = 0;
    for (short[] part : labels) {
      for (short label : part) {
        left += clean.get(label) ? 0 : 1;
      }
    }
    SplittableRandom random = Seeds.random(seed, "label-noise", task);
    int missing = (int) Math.round(config.labelNoise() * left);
    for (short[] part : labels) {
      for (int i = 0; i < part.length && missing > 0; i++) {
        if (!clean.get(part[i]) && random.nextInt(left--) < missing) {
          part[i] = (short) random.nextInt(config.classes().size());
          missing--;
        }
      }
    }
  }

  /** Labels within the task of the classes that have no noise. */
  private static BitSet clean(TaskConfig config) {
    BitSet clean = new BitSet();
    if (!config.noisyClasses().isEmpty()) {
      clean.set(0, config.classes().size());
      config.noisyClasses().forEach(noisy -> clean.clear(config.classes().indexOf(noisy)));
    }
    return clean;
  }
}

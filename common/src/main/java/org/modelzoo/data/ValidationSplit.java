package org.modelzoo.data;

import java.util.BitSet;
import org.modelzoo.base.Seeds;

/** Which training images of a class are held out for the per-task validation losses. */
final class ValidationSplit {
  private ValidationSplit() {}

  /**
   * How many of a class's images are held out: the share, rounded, but at least one where the share
   * is not 0, and always leaving one to train on.
   */
  static int size(int images, double share) {
    if (share == 0) {
      return 0;
    }
    int rounded = (int) Math.round(share * images);
    return Math.max(0, Math.min(Math.max(1, rounded), images - 1));
  }

  /**
   * Draws them from the seed and the class alone.
   *
   * @param kept the images of the class that are used
   */
  static BitSet heldOut(BitSet kept, double share, long seed, int sourceClass) {
    return Subset.draw(
        kept, size(kept.cardinality(), share), Seeds.random(seed, "validation", sourceClass));
  }
}

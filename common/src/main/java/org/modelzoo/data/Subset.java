package org.modelzoo.data;

import java.util.BitSet;
import java.util.SplittableRandom;

/** Draws some of the images of a set. */
final class Subset {
  private Subset() {}

  /**
   * Selection sampling (Knuth, volume 2, algorithm S): every subset of that size is equally likely.
   *
   * @param size how many are drawn; all where there are no more
   */
  static BitSet draw(BitSet images, int size, SplittableRandom random) {
    BitSet drawn = new BitSet(images.length());
    int left = images.cardinality();
    int missing = size;
    for (int i = images.nextSetBit(0); i >= 0; i = images.nextSetBit(i + 1)) {
      if (random.nextInt(left--) < missing) {
        drawn.set(i);
        missing--;
      }
    }
    return drawn;
  }
}

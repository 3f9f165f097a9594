package org.modelzoo.data;

import java.util.BitSet;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.DataConfig.ImageChoice;

/** Which training images of a class are used at all: {@code data.images-per-class}. */
final class KeptImages {
  private KeptImages() {}

  /** How many are kept of a class at most. */
  static int most(DataConfig data) {
    return data.imagesPerClass() == 0 ? Integer.MAX_VALUE : data.imagesPerClass();
  }

  /**
   * How many a source has to give of a class, the first ones, for the kept ones to be among them.
   */
  static int mostToRead(DataConfig data) {
    return data.imageChoice() == ImageChoice.FIRST ? most(data) : Integer.MAX_VALUE;
  }

  /**
   * Those of one class.
   *
   * @param available how many images the source gave
   * @param seed the experiment's, which draws them where they are not the first ones
   */
  static BitSet of(int available, DataConfig data, long seed, int sourceClass) {
    BitSet all = new BitSet(available);
    all.set(0, available);
    if (data.imageChoice() == ImageChoice.SEEDED) {
      return Subset.draw(all, most(data), Seeds.random(seed, "images-per-class", sourceClass));
    }
    all.clear(Math.min(available, most(data)), available);
    return all;
  }
}

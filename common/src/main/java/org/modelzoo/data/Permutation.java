package org.modelzoo.data;

import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.ImageShape;

/** Permutes the pixels of images, all images of a task alike; a pixel's channels stay together. */
final class Permutation {
  private final ImageShape shape;

  /** [height · width] where each pixel of the result comes from. */
  private final int[] sources;

  Permutation(ImageShape shape, long permutationSeed) {
    this.shape = shape;
    this.sources = new int[shape.height() * shape.width()];
    SplittableRandom random = Seeds.random(permutationSeed, "permutation");
    for (int i = 0; i < sources.length; i++) {
      int j = random.nextInt(i + 1);
      sources[i] = sources[j];
      sources[j] = i;
    }
  }

  /** Permutes images that lie side by side, in place. */
  void apply(byte[] images) {
    byte[] original = new byte[shape.size()];
    int channels = shape.channels();
    for (int offset = 0; offset < images.length; offset += shape.size()) {
      System.arraycopy(images, offset, original, 0, original.length);
      for (int pixel = 0; pixel < sources.length; pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          images[offset + pixel * channels + channel] =
              original[sources[pixel] * channels + channel];
        }
      }
    }
  }
}

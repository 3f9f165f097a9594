package org.modelzoo.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.AugmentationConfig;
import org.modelzoo.config.ImageShape;

/**
 * Random crop out of the image with a black frame, then a horizontal flip, then normalisation, as
 * torchvision's RandomCrop, RandomHorizontalFlip, ToTensor and Normalize in this order. The frame
 * is black before normalisation. Runs on executors; immutable.
 */
public final class Augmenter {
  private final AugmentationConfig config;
  private final ImageShape shape;
  private final Normaliser normaliser;

  /** What a configuration does to images of a shape. */
  public Augmenter(AugmentationConfig config, ImageShape shape, Normaliser normaliser) {
    this.config = config;
    this.shape = shape;
    this.normaliser = normaliser;
  }

  /**
   * Writes some images, each changed in its own way.
   *
   * @param from first image
   * @param to one after the last image
   * @param seed of these images as a whole: however they are cut into batches, the same comes
   * @param target [to − from, height, width, channels], may be longer
   */
  public void apply(LabelledImages images, int from, int to, long seed, float[] target) {
    int size = shape.size();
    for (int image = from; image < to; image++) {
      SplittableRandom random = Seeds.random(seed, "augmentation", image);
      apply(images.pixels(), image * size, random, target, (image - from) * size);
    }
  }

  /**
   * Writes one image into a batch.
   *
   * @param pixels image bytes, this one from {@code from} on
   * @param target network input, this image from {@code targetFrom} on
   */
  void apply(byte[] pixels, int from, SplittableRandom random, float[] target, int targetFrom) {
    int padding = config.cropPadding();
    int down = padding == 0 ? 0 : random.nextInt(2 * padding + 1) - padding;
    int right = padding == 0 ? 0 : random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = config.horizontalFlip() && random.nextBoolean();

    int channels = shape.channels();
    int rowSize = shape.width() * channels;
    if (down != 0 || right != 0) {
      Arrays.fill(target, targetFrom, targetFrom + shape.size(), normaliser.black());
    }
    int copied = Math.max(0, shape.width() - Math.abs(right));
    int sourceColumn = Math.max(0, right);
    int targetColumn = Math.max(0, -right);
    if (mirrored) {
      targetColumn = shape.width() - targetColumn - copied;
    }
    for (int row = Math.max(0, -down);
        row < Math.min(shape.height(), shape.height() - down);
        row++) {
      int source = from + (row + down) * rowSize + sourceColumn * channels;
      int place = targetFrom + row * rowSize + targetColumn * channels;
      if (mirrored) {
        normaliser.normaliseMirrored(pixels, source, copied, channels, target, place);
      } else {
        normaliser.normalise(pixels, source, copied * channels, target, place);
      }
    }
  }
}

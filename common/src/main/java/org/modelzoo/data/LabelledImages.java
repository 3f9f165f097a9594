package org.modelzoo.data;

import org.modelzoo.config.ImageShape;

/**
 * Images of one task and split, as bytes, with their labels within the task.
 *
 * @param shape of each image
 * @param pixels [size, height, width, channels], unsigned bytes; shared, do not write
 * @param labels [size], 0 … classes of the task − 1
 */
public record LabelledImages(ImageShape shape, byte[] pixels, short[] labels) {
  public LabelledImages {
    if (pixels.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + labels.length + " images of " + shape);
    }
  }

  public int size() {
    return labels.length;
  }

  /**
   * A copy of some of the images.
   *
   * @param images their places, in the order wanted, which may repeat
   */
  LabelledImages choose(int[] images) {
    int imageSize = shape.size();
    byte[] chosen = new byte[Math.multiplyExact(images.length, imageSize)];
    short[] labelled = new short[images.length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(pixels, images[i] * imageSize, chosen, i * imageSize, imageSize);
      labelled[i] = labels[images[i]];
    }
    return new LabelledImages(shape, chosen, labelled);
  }
}

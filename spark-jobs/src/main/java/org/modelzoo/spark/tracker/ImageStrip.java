package org.modelzoo.spark.tracker;

import java.awt.image.BufferedImage;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.PngEncoder;

/**
 * Some of a task's images side by side, as PNG.
 *
 * @param shape of the whole strip
 */
record ImageStrip(ImageShape shape, byte[] png) {
  /** A strip of images spread evenly over the task's, which are in the order of their classes. */
  static ImageStrip of(LabelledImages images, int most) {
    int count = Math.min(most, images.size());
    ImageShape one = images.shape();
    ImageShape shape = new ImageShape(one.height(), one.width() * count, one.channels());
    BufferedImage strip = PngEncoder.canvas(shape);
    for (int i = 0; i < count; i++) {
      draw(images, (int) ((long) i * images.size() / count), strip, i * one.width());
    }
    return new ImageStrip(shape, PngEncoder.encode(strip));
  }

  private static void draw(LabelledImages images, int index, BufferedImage strip, int left) {
    ImageShape shape = images.shape();
    int at = index * shape.size();
    int[] values = new int[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(images.pixels()[at + i]);
    }
    strip.getRaster().setPixels(left, 0, shape.width(), shape.height(), values);
  }
}

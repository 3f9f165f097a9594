package org.modelzoo.spark.tracker;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.LabelledImages;

/**
 * Some of a task's images side by side, as PNG.
 *
 * @param shape of the whole strip
 */
record SampleImages(ImageShape shape, byte[] png) {
  private static final int GREY = 1;

  /** A strip of images spread evenly over the task's, which are in the order of their classes. */
  static SampleImages of(LabelledImages images, int most) throws IOException {
    int count = Math.min(most, images.size());
    ImageShape one = images.shape();
    BufferedImage strip =
        new BufferedImage(
            one.width() * count,
            one.height(),
            one.channels() == GREY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < count; i++) {
      draw(images, (int) ((long) i * images.size() / count), strip, i * one.width());
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(strip, "png", png);
    return new SampleImages(
        new ImageShape(strip.getHeight(), strip.getWidth(), one.channels()), png.toByteArray());
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

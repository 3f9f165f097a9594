package org.modelzoo.report.page;

import java.awt.image.BufferedImage;
import java.util.Base64;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.PngEncoder;

/** Images of a data set as part of a page. */
public final class PngImage {
  /** Larger images lose every second pixel, or more, so that pages stay small. */
  private static final int MOST_PIXELS = 48;

  private PngImage() {}

  /**
   * A data URI.
   *
   * @param pixels of many images, [count, height, width, channels], unsigned bytes
   * @param index of the one
   */
  public static String uri(byte[] pixels, int index, ImageShape shape) {
    int step = (Math.max(shape.height(), shape.width()) + MOST_PIXELS - 1) / MOST_PIXELS;
    BufferedImage image =
        PngEncoder.canvas(
            new ImageShape(shape.height() / step, shape.width() / step, shape.channels()));
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int at = index * shape.size() + (y * step * shape.width() + x * step) * shape.channels();
        for (int channel = 0; channel < image.getRaster().getNumBands(); channel++) {
          image.getRaster().setSample(x, y, channel, pixels[at + channel] & 0xff);
        }
      }
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(PngEncoder.encode(image));
  }
}

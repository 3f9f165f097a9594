package org.modelzoo.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.modelzoo.config.ImageShape;

/** Encodes images as PNG, in memory and without a display. Runs on driver and executors. */
public final class PngEncoder {
  private static final int GREY = 1;

  static {
    System.setProperty("java.awt.headless", "true"); // Drivers have no display.
  }

  private PngEncoder() {}

  /**
   * A black image to set samples of: one band of bytes for one channel, red, green and blue else.
   */
  public static BufferedImage canvas(ImageShape shape) {
    return new BufferedImage(
        shape.width(),
        shape.height(),
        shape.channels() == GREY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
  }

  /** The image as the content of a PNG file. */
  public static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream png = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory doesn't fail", e);
    }
    return bytes.toByteArray();
  }
}

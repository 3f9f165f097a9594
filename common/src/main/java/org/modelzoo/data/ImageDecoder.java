package org.modelzoo.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;

/**
 * Decodes one PNG or JPEG and resizes it, bilinear, to the shape of the data set whatever its own
 * aspect ratio. Writes no temporary file. Immutable.
 */
public final class ImageDecoder {
  /** A small file can unpack into a huge picture; the header tells before the memory is taken. */
  private static final long MOST_PIXELS = 50_000_000;

  /** What the JDK calls them; it reads other formats too, which have had less care. */
  private static final Set<String> FORMATS = Set.of("png", "JPEG");

  static {
    // Before AWT is first used: executors have no display, and must not look for one.
    System.setProperty("java.awt.headless", "true");
  }

  private final ImageShape shape;

  /**
   * A decoder for one data set.
   *
   * @param shape of what comes out; 1 channel is grey, 3 are red, green and blue
   */
  public ImageDecoder(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * Decodes the content of a file.
   *
   * @param shown where the file is, for messages
   * @return [height, width, channels], unsigned bytes
   * @throws org.modelzoo.base.ModelZooException (data) if it is no such file, or too large
   */
  public byte[] decode(byte[] file, String shown) throws IOException {
    return pixels(read(file, shown));
  }

  /** As {@link #decode}, of a picture that is decoded already. */
  public byte[] pixels(BufferedImage picture) {
    BufferedImage image = picture;
    // Halving first keeps the bilinear filter from skipping pixels.
    while (image.getWidth() >= 2 * shape.width() && image.getHeight() >= 2 * shape.height()) {
      image = resized(image, image.getWidth() / 2, image.getHeight() / 2);
    }
    return bytes(resized(image, shape.width(), shape.height()));
  }

  private static BufferedImage read(byte[] file, String shown) throws IOException {
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw neither(shown);
      }
      ImageReader reader = readers.next();
      try {
        if (!FORMATS.contains(reader.getFormatName())) {
          throw neither(shown);
        }
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw DataErrors.data(
              "%s has %d pixels, more than the %d allowed. Make it smaller or remove it."
                  .formatted(shown, pixels, MOST_PIXELS));
        }
        return reader.read(0);
      } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        // Decoders meet broken files with all of these.
        throw DataErrors.corrupt(shown, "decoding failed with " + e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static ModelZooException neither(String shown) {
    return DataErrors.corrupt(shown, "it is not a PNG or JPEG file");
  }

  private static BufferedImage resized(BufferedImage image, int width, int height) {
    BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = resized.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return resized;
  }

  private byte[] bytes(BufferedImage image) {
    byte[] bytes = new byte[shape.size()];
    int[] pixels = image.getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
    for (int i = 0; i < pixels.length; i++) {
      int red = (pixels[i] >> 16) & 0xFF;
      int green = (pixels[i] >> 8) & 0xFF;
      int blue = pixels[i] & 0xFF;
      if (shape.channels() == 1) {
        // Luma of ITU-R BT.601, as PIL's convert("L").
        bytes[i] = (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
      } else {
        bytes[3 * i] = (byte) red;
        bytes[3 * i + 1] = (byte) green;
        bytes[3 * i + 2] = (byte) blue;
      }
    }
    return bytes;
  }
}

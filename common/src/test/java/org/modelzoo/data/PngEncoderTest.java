package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;

class PngEncoderTest {
  @Test
  void greyImagesKeepTheirSamples() throws IOException {
    BufferedImage image = PngEncoder.canvas(new ImageShape(1, 3, 1));
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 127, 255});
    BufferedImage read = decoded(PngEncoder.encode(image));
    assertThat(read.getRaster().getNumBands()).isEqualTo(1);
    assertThat(read.getRaster().getPixels(0, 0, 3, 1, (int[]) null)).containsExactly(0, 127, 255);
  }

  @Test
  void colouredImagesKeepTheirSamples() throws IOException {
    BufferedImage image = PngEncoder.canvas(new ImageShape(2, 1, 3));
    image.setRGB(0, 0, 0x010203);
    image.setRGB(0, 1, 0xfffefd);
    BufferedImage read = decoded(PngEncoder.encode(image));
    assertThat(read.getRGB(0, 0)).isEqualTo(0xff010203);
    assertThat(read.getRGB(0, 1)).isEqualTo(0xfffffefd);
  }

  private static BufferedImage decoded(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}

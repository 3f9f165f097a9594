package org.modelzoo.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;

class PngImageTest {
  @Test
  void keepsThePixelsOfASmallImage() throws IOException {
    byte[] pixels = {0, 0, 0, 1, 2, 3, (byte) 255, (byte) 128, 7, 9, 9, 9};
    BufferedImage image = read(PngImage.uri(pixels, 1, new ImageShape(1, 2, 3)));
    assertThat(image.getWidth()).isEqualTo(2);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xff8007);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x090909);
  }

  @Test
  void thinsOutALargeOne() throws IOException {
    BufferedImage image = read(PngImage.uri(new byte[84 * 84], 0, new ImageShape(84, 84, 1)));
    assertThat(image.getWidth()).isEqualTo(42);
    assertThat(image.getHeight()).isEqualTo(42);
  }

  private static BufferedImage read(String uri) throws IOException {
    String base64 = uri.substring("data:image/png;base64,".length());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }
}

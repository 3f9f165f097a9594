package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.config.DataConfig.Interpolation;
import org.modelzoo.config.ImageShape;

class RotationTest {
  private static final byte[] SQUARE = {
    1, 2, 3,
    4, 5, 6,
    7, 8, 9
  };

  @ParameterizedTest
  @EnumSource
  void byNothingChangesNothing(Interpolation interpolation) {
    assertThat(rotated(SQUARE, 0, interpolation)).isEqualTo(SQUARE);
    assertThat(rotated(SQUARE, 360, interpolation)).isEqualTo(SQUARE);
  }

  @ParameterizedTest
  @EnumSource
  void byNinetyDegreesTurnsCounterClockwise(Interpolation interpolation) {
    assertThat(rotated(SQUARE, 90, interpolation))
        .containsExactly(
            3, 6, 9, //
            2, 5, 8, //
            1, 4, 7);
  }

  @ParameterizedTest
  @EnumSource
  void byHalfATurnReverses(Interpolation interpolation) {
    assertThat(rotated(SQUARE, 180, interpolation)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  /**
   * The file holds, for 10, 20, 30 and 40 degrees, {@code
   * torchvision.transforms.functional.rotate(torch.arange(784).mul(37).remainder(251).byte().view(1,
   * 28, 28), degrees)} of torchvision 0.28.0, the bytes of one after the other.
   */
  @Test
  void toTheNearestPixelIsTorchvisionsRotation() throws IOException {
    byte[] expected = getClass().getResourceAsStream("/rotation/torchvision.bin").readAllBytes();
    assertThat(expected).hasSize(4 * 784);
    for (int turn = 0; turn < 4; turn++) {
      byte[] image = new byte[784];
      for (int pixel = 0; pixel < 784; pixel++) {
        image[pixel] = (byte) (pixel * 37 % 251);
      }
      new Rotation(new ImageShape(28, 28, 1), 10 * (turn + 1), Interpolation.NEAREST).apply(image);
      assertThat(image).isEqualTo(Arrays.copyOfRange(expected, turn * 784, (turn + 1) * 784));
    }
  }

  @Test
  void bilinearMixesNeighboursAndIsBlackOutside() {
    byte[] white = new byte[9];
    Arrays.fill(white, (byte) 200);

    byte[] rotated = rotated(white, 45, Interpolation.BILINEAR);

    assertThat(rotated[4] & 0xFF).isEqualTo(200);
    // The corner comes from √2 above the centre, which is √2 − 1 outside.
    assertThat(rotated[0] & 0xFF).isEqualTo((int) Math.round(200 * (2 - Math.sqrt(2))));
    assertThat(rotated[1] & 0xFF).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void treatsEveryImageAndChannelAlike(Interpolation interpolation) {
    byte[] images = new byte[2 * 2 * 2 * 3];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) i;
    }

    new Rotation(new ImageShape(2, 2, 3), 90, interpolation).apply(images);

    assertThat(images)
        .containsExactly(
            3, 4, 5, 9, 10, 11, 0, 1, 2, 6, 7, 8, //
            15, 16, 17, 21, 22, 23, 12, 13, 14, 18, 19, 20);
  }

  private static byte[] rotated(byte[] image, double degrees, Interpolation interpolation) {
    byte[] copy = image.clone();
    new Rotation(new ImageShape(3, 3, 1), degrees, interpolation).apply(copy);
    return copy;
  }
}

package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;

class RotationTest {
  private static final byte[] SQUARE = {
    1, 2, 3,
    4, 5, 6,
    7, 8, 9
  };

  @Test
  void byNothingChangesNothing() {
    assertThat(rotated(SQUARE, 0)).isEqualTo(SQUARE);
    assertThat(rotated(SQUARE, 360)).isEqualTo(SQUARE);
  }

  @Test
  void byNinetyDegreesTurnsCounterClockwise() {
    assertThat(rotated(SQUARE, 90))
        .containsExactly(
            3, 6, 9, //
            2, 5, 8, //
            1, 4, 7);
  }

  @Test
  void byHalfATurnReverses() {
    assertThat(rotated(SQUARE, 180)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void mixesNeighboursAndIsBlackOutside() {
    byte[] white = new byte[9];
    Arrays.fill(white, (byte) 200);

    byte[] rotated = rotated(white, 45);

    assertThat(rotated[4] & 0xFF).isEqualTo(200);
    // The corner comes from √2 above the centre, which is √2 − 1 outside.
    assertThat(rotated[0] & 0xFF).isEqualTo((int) Math.round(200 * (2 - Math.sqrt(2))));
    assertThat(rotated[1] & 0xFF).isEqualTo(200);
  }

  @Test
  void treatsEveryImageAndChannelAlike() {
    byte[] images = new byte[2 * 2 * 2 * 3];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) i;
    }

    new Rotation(new ImageShape(2, 2, 3), 90).apply(images);

    assertThat(images)
        .containsExactly(
            3, 4, 5, 9, 10, 11, 0, 1, 2, 6, 7, 8, //
            15, 16, 17, 21, 22, 23, 12, 13, 14, 18, 19, 20);
  }

  private static byte[] rotated(byte[] image, double degrees) {
    byte[] copy = image.clone();
    new Rotation(new ImageShape(3, 3, 1), degrees).apply(copy);
    return copy;
  }
}

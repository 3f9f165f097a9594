package org.modelzoo.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DropoutTest {
  /** What the kernel is asked for last. */
  private byte[] kept;

  private double factor;

  private Dropout dropout(double probability, long seed) {
    return new Dropout(
        probability,
        (values, newKept, newFactor) -> {
          kept = newKept.clone();
          factor = newFactor;
        },
        seed);
  }

  @Property(tries = 30)
  void shareOfValuesIsDroppedAndTheRestMakesUpForThem(
      @ForAll @DoubleRange(min = 0.01, max = 0.9) double probability, @ForAll long seed) {
    int length = 40_000;
    dropout(probability, seed).forward(Nd4j.zeros(length));
    double share = sum(length) / (double) length;
    assertThat(share).isCloseTo(1 - probability, within(5 * Math.sqrt(0.25 / length)));
    assertThat(factor * (1 - probability)).isCloseTo(1, within(1e-3));
  }

  @Property(tries = 30)
  void everyPositionIsDroppedInItsTurn(@ForAll @IntRange(min = 1, max = 13) int length) {
    Dropout dropout = dropout(0.5, length);
    int[] count = new int[length];
    for (int step = 0; step < 400; step++) {
      dropout.forward(Nd4j.zeros(length));
      for (int i = 0; i < length; i++) {
        assertThat(kept[i]).isBetween((byte) 0, (byte) 1);
        count[i] += kept[i];
      }
    }
    assertThat(Arrays.stream(count)).allSatisfy(times -> assertThat(times).isBetween(140, 260));
  }

  @Test
  void backwardPassDropsWhatTheForwardPassDropped() {
    Dropout dropout = dropout(0.3, 1);
    INDArray values = Nd4j.zeros(100);
    dropout.forward(values);
    byte[] forward = kept;
    dropout.backward(values);
    assertThat(kept).isEqualTo(forward);
  }

  @Test
  void sameSeedDropsTheSame() {
    INDArray values = Nd4j.zeros(100);
    dropout(0.3, 1).forward(values);
    byte[] first = kept;
    Dropout other = dropout(0.3, 2);
    other.forward(values);
    assertThat(kept).isNotEqualTo(first);
    other.restore(1);
    other.forward(values);
    assertThat(kept).isEqualTo(first);
  }

  private int sum(int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += kept[i];
    }
    return sum;
  }

  @Property(tries = 20)
  void theOrderInMemoryDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 3) int blocks,
      @ForAll @IntRange(min = 1, max = 6) int side) {
    int channels = 16 * blocks;
    byte[] pixelsFirst = kept(2, side, side + 1, channels);
    byte[] sixteen = kept(2, blocks, side, side + 1, 16);
    byte[] eight = kept(2, 2L * blocks, side, side + 1, 8);
    int pixels = side * (side + 1);
    for (int i = 0; i < pixelsFirst.length; i++) {
      int channel = i % channels;
      int pixel = i / channels % pixels;
      int image = i / channels / pixels;
      assertThat(pixelsFirst[i])
          .isEqualTo(sixteen[at(image, channel, pixel, channels, pixels, 16)])
          .isEqualTo(eight[at(image, channel, pixel, channels, pixels, 8)]);
    }
  }

  private static int at(int image, int channel, int pixel, int channels, int pixels, int block) {
    return ((image * channels / block + channel / block) * pixels + pixel) * block
        + channel % block;
  }

  private byte[] kept(long... shape) {
    INDArray values = Nd4j.zeros(shape);
    dropout(0.3, 4).forward(values);
    return Arrays.copyOf(kept, (int) values.length());
  }
}

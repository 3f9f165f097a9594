package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.modelzoo.config.ImageShape;

class PermutationTest {
  @Property(tries = 100)
  void keepsEveryPixelOnceAndItsChannelsTogether(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int side) {
    ImageShape shape = new ImageShape(side, side, 3);
    byte[] images = new byte[2 * shape.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (i % shape.size());
    }
    byte[] permuted = images.clone();

    Permutation.seeded(shape, seed).apply(permuted);

    boolean[] seen = new boolean[side * side];
    for (int pixel = 0; pixel < side * side; pixel++) {
      int source = (permuted[3 * pixel] & 0xFF) / 3;
      assertThat(seen[source]).isFalse();
      seen[source] = true;
      for (int channel = 0; channel < 3; channel++) {
        assertThat(permuted[3 * pixel + channel]).isEqualTo(images[3 * source + channel]);
        assertThat(permuted[shape.size() + 3 * pixel + channel])
            .isEqualTo(permuted[3 * pixel + channel]);
      }
    }
  }

  /** The ends of NumPy's {@code default_rng(1000 * number).permutation(784)}. */
  @Example
  void publishedOnesAreThoseOfNumpy() {
    int[][] first = {
      {294, 212, 192, 199, 442, 261, 359, 730},
      {553, 126, 406, 427, 590, 25, 629, 250},
      {737, 738, 601, 464, 666, 220, 382, 94},
      {651, 424, 252, 616, 778, 32, 82, 522}
    };
    int[][] last = {
      {280, 781, 293, 431}, {373, 254, 576, 724}, {415, 640, 453, 551}, {160, 504, 353, 332}
    };
    for (int number = 1; number <= 4; number++) {
      int[] sources = published(number);
      assertThat(Arrays.copyOf(sources, 8)).containsExactly(first[number - 1]);
      assertThat(Arrays.copyOfRange(sources, 780, 784)).containsExactly(last[number - 1]);
      Arrays.sort(sources);
      assertThat(sources).isEqualTo(IntStream.range(0, 784).toArray());
    }
  }

  /** Where each pixel comes from, by what becomes of the two halves of its place. */
  private static int[] published(int number) {
    byte[] images = new byte[2 * 784];
    for (int pixel = 0; pixel < 784; pixel++) {
      images[pixel] = (byte) (pixel / 28);
      images[784 + pixel] = (byte) (pixel % 28);
    }
    Permutation.published(new ImageShape(28, 28, 1), number).apply(images);
    return IntStream.range(0, 784).map(pixel -> 28 * images[pixel] + images[784 + pixel]).toArray();
  }
}

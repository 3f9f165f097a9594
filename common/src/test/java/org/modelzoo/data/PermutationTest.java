package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

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

    new Permutation(shape, seed).apply(permuted);

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
}

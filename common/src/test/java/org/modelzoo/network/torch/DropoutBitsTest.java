package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.Seeds;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.layer.DropoutMasks;

@SuppressWarnings("try") // A scope is there to be closed.
class DropoutBitsTest {
  private final Processor place = new Processor(1);

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 1", "0.3, -7", "0.5, 9000000000000000000", "0.0001, 5", "0.9999, 6"})
  void theSameSeedKeepsTheReferencesValues(double probability, long seed) {
    try (Scope scope = place.enter();
        DropoutBits bits = new DropoutBits(2, place)) {
      DropoutBits.Layer[] layers = {bits.layer(probability), bits.layer(probability)};
      bits.restore(new long[] {Seeds.derive(seed, "dropout", 0), Seeds.derive(seed, "dropout", 1)});
      for (int layer = 0; layer < layers.length; layer++) {
        DropoutMasks reference =
            new DropoutMasks(probability, Seeds.derive(seed, "dropout", layer));
        for (int length : new int[] {4096, 1000, 7, 5000}) {
          byte[] expected = reference.next(length);
          float[] actual = Vectors.read(layers[layer].kept(length));
          for (int i = 0; i < length; i++) {
            assertThat(actual[i]).as("value %d of %d", i, length).isEqualTo(expected[i]);
          }
        }
      }
    }
  }

  /** Blocks of channels, then rows and columns: the order of vector registers. */
  @ParameterizedTest
  @CsvSource({"32, 16", "48, 16", "6, 6"})
  void valuesAreDecidedOnInBlocksOfChannels(int channels, int block) {
    int n = 2;
    int height = 3;
    int width = 5;
    byte[] kept =
        new DropoutMasks(0.25, Seeds.derive(8, "dropout", 0)).next(n * channels * height * width);
    try (Scope scope = place.enter();
        DropoutBits bits = new DropoutBits(1, place)) {
      DropoutBits.Layer layer = bits.layer(0.25);
      bits.restore(new long[] {Seeds.derive(8, "dropout", 0)});
      Tensor pixels =
          torch.ones(new long[] {n, height, width, channels}, new TensorOptions(ScalarType.Float));
      layer.drop(pixels.permute(0, 3, 1, 2));
      float[] values = Vectors.read(pixels);
      int at = 0;
      for (int i = 0; i < n * height * width; i++) {
        int image = i / (height * width);
        int pixel = i % (height * width);
        for (int channel = 0; channel < channels; channel++) {
          int group = image * (channels / block) + channel / block;
          int drawn = (group * height * width + pixel) * block + channel % block;
          assertThat(values[at++]).isEqualTo(kept[drawn] * (4 / 3f));
        }
      }
    }
  }

  @Test
  void theStateLiesOnTheDevice() {
    try (Scope scope = place.enter();
        DropoutBits bits = new DropoutBits(1, place)) {
      DropoutBits.Layer layer = bits.layer(0.5);
      bits.restore(new long[] {1});
      float[] first = Vectors.read(layer.kept(64));
      float[] second = Vectors.read(layer.kept(64));
      bits.restore(new long[] {1});
      assertThat(second).isNotEqualTo(first);
      assertThat(Vectors.read(layer.kept(64))).isEqualTo(first);
      assertThat(Vectors.read(layer.kept(64))).isEqualTo(second);
    }
  }
}

package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;

/** The way back of every layer is the derivative of the way forward, in double precision. */
class TorchGradientTest {
  private static final int SIZE = 3;
  private static final int[] HEADS = {0, 1, 1};
  private static final int[] LABELS = {1, 2, 0};
  private static final float STEP = 0x1p-15f;

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({"wrn-10-1, 0, 8, 8, 3", "wrn-16-1, 0.3, 9, 8, 1", "small-conv, 0, 22, 23, 3"})
  void gradientsAreFiniteDifferences(
      String name, double dropout, int height, int width, int channels) {
    ImageShape shape = new ImageShape(height, width, channels);
    NetworkSpec spec = new NetworkSpec(name, dropout, shape, List.of(2, 3));
    float[] parameters = Networks.initialParameters(spec, 3);
    float[] still = new float[parameters.length];
    float[] features = new float[SIZE * shape.size()];
    Random random = new Random(7);
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    // Without momentum and decay the velocity is the gradient.
    Settings settings = new Settings(0, 0, Precision.FLOAT32);
    try (TorchNetwork network =
        new TorchNetwork(spec, parameters, settings, Numbers.DOUBLE, new Processor(1))) {
      loss(network, features);
      float[] gradient = network.momentum();
      for (Blueprint.Vertex vertex : Blueprint.of(spec).vertices()) {
        for (Blueprint.Array array : vertex.arrays()) {
          for (int sample = 0; sample < 4; sample++) {
            int i = Math.toIntExact(array.offset()) + random.nextInt((int) array.length());
            float value = parameters[i];
            parameters[i] = value + STEP;
            double distance = parameters[i];
            network.restore(parameters, still);
            double above = loss(network, features);
            parameters[i] = value - STEP;
            distance -= parameters[i];
            network.restore(parameters, still);
            double below = loss(network, features);
            parameters[i] = value;
            double expected = array.trained() ? (above - below) / distance : 0;
            assertThat((double) gradient[i])
                .as("%s of %s at %d", array.name(), vertex.name(), i)
                .isCloseTo(expected, within(1e-6 + 1e-4 * Math.abs(expected)));
          }
        }
      }
      assertThat(gradient).isNotEqualTo(still);
    }
  }

  private static double loss(TorchNetwork network, float[] features) {
    network.seedDropout(1);
    network.step(features, HEADS, LABELS, SIZE, 0);
    return network.drain().get(0).loss();
  }
}

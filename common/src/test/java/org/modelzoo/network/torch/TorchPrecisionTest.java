package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.Network;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.network.StepResult;

/** Training in fewer bits, on a processor. */
class TorchPrecisionTest {
  private static final ImageShape SHAPE = new ImageShape(8, 8, 3);
  private static final NetworkSpec SPEC = new NetworkSpec("wrn-10-1", 0, SHAPE, List.of(2, 3));
  private static final int SIZE = 6;
  private static final int[] HEADS = {0, 1, 0, 1, 1, 0};
  private static final int[] LABELS = {0, 2, 1, 0, 1, 1};

  private final float[] features = features();

  private static float[] features() {
    Random random = new Random(5);
    float[] values = new float[SIZE * SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  private static Network open(Precision precision, double weightDecay) {
    return new TorchEngine()
        .open(
            SPEC,
            Networks.initialParameters(SPEC, 4),
            new Settings(0.9, weightDecay, precision),
            Device.processor(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"BFLOAT16", "FLOAT16"})
  void fewerBitsLearnTheImagesToo(Precision precision) {
    try (Network network = open(precision, 1e-5);
        Network exact = open(Precision.FLOAT32, 1e-5)) {
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      exact.step(features, HEADS, LABELS, SIZE, 0.05);
      double expected = exact.drain().get(0).loss();
      double first = network.drain().get(0).loss();
      assertThat(first).isNotEqualTo(expected).isCloseTo(expected, within(0.05 * expected));
      for (int step = 0; step < 40; step++) {
        network.step(features, HEADS, LABELS, SIZE, 0.05);
      }
      List<StepResult> results = network.drain();
      StepResult last = results.get(results.size() - 1);
      assertThat(last.loss()).isLessThan(0.1);
      assertThat(last.correct()).isEqualTo(SIZE);
      assertThat(results).filteredOn(StepResult::skipped).hasSizeLessThan(5);
      assertThat(Networks.areFinite(network.parameters())).isTrue();
    }
  }

  /** Pixels beyond float16 overflow on the way forward, too. */
  @Test
  void aSkippedStepChangesNothingAndIsCounted() {
    try (Network network = open(Precision.FLOAT16, 1e-2)) {
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      network.drain();
      float[] parameters = network.parameters();
      float[] momentum = network.momentum();
      float[] huge = features.clone();
      huge[3] = 1e6f;
      network.step(huge, HEADS, LABELS, SIZE, 0.05);
      assertThat(network.drain()).singleElement().matches(StepResult::skipped);
      assertThat(network.parameters()).isEqualTo(parameters);
      assertThat(network.momentum()).isEqualTo(momentum);
      network.step(features, HEADS, LABELS, SIZE, 0.05);
      assertThat(network.drain()).singleElement().matches(result -> !result.skipped());
      assertThat(network.parameters()).isNotEqualTo(parameters);
    }
  }
}

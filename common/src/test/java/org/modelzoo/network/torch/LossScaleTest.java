package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Blueprint;

class LossScaleTest {
  private static final Numbers NUMBERS = Numbers.of(Precision.FLOAT16);
  private static final float[] START = {1, 2, 3};

  private final Processor place = new Processor(1);
  private Scope scope;
  private Weights weights;
  private Tensor velocity;
  private LossScale scale;

  @BeforeEach
  void open() {
    TorchNatives.here();
    scope = place.enter();
    weights = new Weights(new Blueprint(List.of(), 3), NUMBERS, place, START).trained(NUMBERS);
    velocity = torch.zeros(new long[] {3}, new TensorOptions(ScalarType.Float));
    scale = new LossScale(weights, velocity, place);
  }

  @AfterEach
  void close() {
    scale.close();
    scope.close();
  }

  /** A step that moves parameters and velocity, with that gradient of the scaled loss. */
  private boolean step(double gradient) {
    scale.begin();
    weights.gradient.fill_(new Scalar(gradient));
    Tensor overflowed = scale.down();
    weights.values.add_(new Scalar(1.0));
    velocity.add_(new Scalar(1.0));
    scale.end(overflowed);
    return overflowed.item_bool();
  }

  @Test
  void gradientsAreScaledUpAndDown() {
    Tensor logits = torch.ones(new long[] {2}, new TensorOptions(ScalarType.Float));
    scale.up(logits);
    assertThat(Vectors.read(logits)).containsExactly(65536, 65536);
    assertThat(step(65536)).isFalse();
    assertThat(Vectors.read(weights.gradient)).containsExactly(1, 1, 1);
    assertThat(Vectors.read(weights.values)).containsExactly(2, 3, 4);
    assertThat(Vectors.read(velocity)).containsExactly(1, 1, 1);
    assertThat(scale.current()).isEqualTo(65536);
  }

  @Test
  void anOverflowIsTakenBackAndHalvesTheScale() {
    assertThat(step(Double.POSITIVE_INFINITY)).isTrue();
    assertThat(step(Double.NaN)).isTrue();
    assertThat(Vectors.read(weights.values)).containsExactly(START);
    assertThat(Vectors.read(velocity)).containsExactly(0, 0, 0);
    assertThat(scale.current()).isEqualTo(16384);
    assertThat(step(1)).isFalse();
    assertThat(Vectors.read(weights.values)).containsExactly(2, 3, 4);
  }

  @Test
  void twoThousandStepsWithoutDoubleIt() {
    for (int i = 0; i < 1500; i++) {
      step(1);
    }
    step(Double.NaN);
    for (int i = 0; i < 1999; i++) {
      step(1);
    }
    assertThat(scale.current()).isEqualTo(32768);
    step(1);
    assertThat(scale.current()).isEqualTo(65536);
    step(1);
    assertThat(scale.current()).isEqualTo(65536);
  }
}

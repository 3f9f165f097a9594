package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;

class TorchEngineTest {
  private final TorchEngine engine = new TorchEngine();

  @Test
  void saysWhatItIs() {
    assertThat(engine.name()).isEqualTo("torch");
    assertThat(engine.description(Device.processor(1))).startsWith("libtorch 2.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void processorsComputeInAllButTensorFloat(Precision precision) {
    assertThat(engine.problem(Device.processor(1), precision)).isEmpty();
  }

  @Test
  void tensorFloatOnAProcessorIsRefusedWithTheNextStep() {
    NetworkSpec spec = new NetworkSpec("wrn-10-1", 0, new ImageShape(8, 8, 3), List.of(2));
    Settings settings = new Settings(0.9, 0, Precision.TENSOR_FLOAT32);
    float[] parameters = Networks.initialParameters(spec, 1);
    assertThatThrownBy(() -> engine.open(spec, parameters, settings, Device.processor(1)))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
        .hasMessageContaining("training.precision = float32 or bfloat16");
  }

  @Test
  void aCardIsRefusedByTheBuildForProcessors() {
    assertThat(engine.cards()).isZero();
    assertThat(engine.problem(new Device(0, 1), Precision.FLOAT32).orElseThrow())
        .contains("mvn -Pgpu package");
  }

  @Test
  void olderCardsHaveNoTensorFloatAndNoBfloat16() {
    CardModel turing = new CardModel("Tesla T4", 7, 5);
    assertThat(turing.problem(Precision.FLOAT32)).isEmpty();
    assertThat(turing.problem(Precision.FLOAT16)).isEmpty();
    assertThat(turing.problem(Precision.BFLOAT16).orElseThrow())
        .contains("bfloat16", "Tesla T4, has 7.5", "training.precision = float16");
    assertThat(turing.problem(Precision.TENSOR_FLOAT32)).isPresent();
    for (Precision precision : Precision.values()) {
      assertThat(new CardModel("NVIDIA A100", 8, 0).problem(precision)).isEmpty();
    }
  }
}

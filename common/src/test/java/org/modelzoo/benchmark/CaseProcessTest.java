package org.modelzoo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.benchmark.StepProfile.LayerTime;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;

@Tag("full")
class CaseProcessTest {
  private static final NetworkSpec NETWORK = BenchmarkCase.member("wrn-10-1");

  @Test
  void twoMembersTrainAtOnce() {
    BenchmarkResult result = CaseProcess.measure(measured(BenchmarkKind.TRAINING, 2));
    assertThat(result.members()).isEqualTo(2);
    assertThat(result.engine()).isEqualTo("dl4j");
    assertThat(result.precision()).isEqualTo("float32");
    assertThat(result.device()).isEqualTo("cpu");
    assertThat(result.steps()).isGreaterThanOrEqualTo(6);
    assertThat(result.imagesPerSecond()).isPositive();
    assertThat(result.stepMsP10()).isPositive().isLessThanOrEqualTo(result.stepMsMedian());
    assertThat(result.stepMsP90()).isGreaterThanOrEqualTo(result.stepMsMedian());
    assertThat(result.forwardMs()).isPositive();
    assertThat(result.backwardMs()).isPositive();
    assertThat(result.updateMs()).isPositive();
    assertThat(result.inputMs()).isPositive();
    // Medians don't add up exactly, but none of them can be outside of the slower steps.
    assertThat(result.forwardMs() + result.backwardMs() + result.updateMs())
        .isLessThan(3 * result.stepMsP90());
  }

  @Test
  void evaluationHasNoBackwardPass() {
    BenchmarkResult result = CaseProcess.measure(measured(BenchmarkKind.EVALUATION, 1));
    assertThat(result.kind()).isEqualTo("evaluation");
    assertThat(result.forwardMs()).isEqualTo(result.stepMsMedian());
    assertThat(result.backwardMs()).isNull();
    assertThat(result.updateMs()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void libtorchTrainsWithoutTellingPhases(Precision precision) {
    BenchmarkResult result =
        CaseProcess.measure(
            measured(BenchmarkKind.TRAINING, NETWORK, 2, EngineChoice.TORCH, precision));
    assertThat(result.engine()).isEqualTo("torch");
    assertThat(result.precision()).isEqualTo(KebabCase.of(precision));
    assertThat(result.device()).isEqualTo("cpu");
    assertThat(result.steps()).isGreaterThanOrEqualTo(6);
    assertThat(result.imagesPerSecond()).isPositive();
    assertThat(result.forwardMs()).isNull();
    assertThat(result.backwardMs()).isNull();
    assertThat(result.updateMs()).isNull();
  }

  @Test
  void libtorchPredicts() {
    BenchmarkResult result =
        CaseProcess.measure(
            measured(BenchmarkKind.EVALUATION, NETWORK, 1, EngineChoice.TORCH, Precision.FLOAT32));
    assertThat(result.engine()).isEqualTo("torch");
    assertThat(result.forwardMs()).isEqualTo(result.stepMsMedian());
  }

  @Test
  void thereIsNoProfileOfLibtorch() {
    assertThatThrownBy(
            () ->
                CaseProcess.profile(
                    measured(
                        BenchmarkKind.PROFILE, NETWORK, 1, EngineChoice.TORCH, Precision.FLOAT32)))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("engine dl4j alone");
  }

  @Test
  void anEngineSaysWhichPrecisionItLacks() {
    assertThatThrownBy(
            () ->
                CaseProcess.measure(
                    measured(
                        BenchmarkKind.TRAINING, NETWORK, 1, EngineChoice.DL4J, Precision.BFLOAT16)))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("engine dl4j trains in float32 alone");
  }

  @Test
  void theProfileShowsEveryLayerAndItsArithmetic() {
    StepProfile profile = CaseProcess.profile(measured(BenchmarkKind.PROFILE, 1));
    List<String> names = profile.layers().stream().map(LayerTime::name).toList();
    assertThat(names)
        .contains("stem", "group1-block1", "group2-block1-shortcut", "last-norm", "mean", "heads")
        .doesNotHaveDuplicates()
        .hasSize(Networks.build(NETWORK, 1).getNumLayers() + 3);
    LayerTime stem = profile.layers().get(0);
    // 2 · 4 images · 32·32 positions · 16 outputs · 3·3·3 inputs; backward has no input gradient.
    assertThat(stem.forwardGflop()).isEqualTo(2e-9 * 4 * 32 * 32 * 16 * 27);
    assertThat(stem.backwardGflop()).isEqualTo(stem.forwardGflop());
    LayerTime second =
        profile.layers().stream()
            .filter(layer -> layer.name().equals("group1-block1-conv1"))
            .findFirst()
            .orElseThrow();
    assertThat(second.backwardGflop()).isEqualTo(2 * second.forwardGflop());
    assertThat(profile.layers().stream().mapToDouble(LayerTime::share).sum()).isBetween(0.1, 2.0);
  }

  @Test
  void aCaseThatFailsSaysWhy() {
    NetworkSpec tooSmall = new NetworkSpec("small-conv", 0, new ImageShape(8, 8, 1), List.of(2, 2));
    assertThatThrownBy(
            () ->
                CaseProcess.measure(
                    measured(
                        BenchmarkKind.TRAINING, tooSmall, 1, EngineChoice.AUTO, Precision.FLOAT32)))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("8×8×1")
        .hasMessageContaining("too small");
  }

  private static BenchmarkCase measured(BenchmarkKind kind, int members) {
    return measured(kind, NETWORK, members, EngineChoice.AUTO, Precision.FLOAT32);
  }

  private static BenchmarkCase measured(
      BenchmarkKind kind,
      NetworkSpec network,
      int members,
      EngineChoice engine,
      Precision precision) {
    return new BenchmarkCase(kind, network, 4, members, 1, engine, precision, Device.processor(1));
  }
}

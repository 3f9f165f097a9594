package org.modelzoo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.benchmark.StepProfile.LayerTime;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;

@Tag("full")
class CaseProcessTest {
  private static final NetworkSpec NETWORK = BenchmarkCase.member("wrn-10-1");

  @Test
  void twoMembersTrainAtOnce() {
    BenchmarkResult result = CaseProcess.measure(measured(BenchmarkKind.TRAINING, 2));
    assertThat(result.members()).isEqualTo(2);
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
                    new BenchmarkCase(BenchmarkKind.TRAINING, tooSmall, 4, 1, 1, 1)))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("8×8×1")
        .hasMessageContaining("too small");
  }

  private static BenchmarkCase measured(BenchmarkKind kind, int members) {
    return new BenchmarkCase(kind, NETWORK, 4, members, 1, 1);
  }
}

package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ImageShape;
import org.nd4j.linalg.factory.Nd4j;

class NetworksTest {
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);
  private static final List<Integer> FIVE_HEADS_OF_FIVE = List.of(5, 5, 5, 5, 5);

  private static NetworkSpec spec(String name, ImageShape input) {
    return new NetworkSpec(name, 0.2, input, FIVE_HEADS_OF_FIVE);
  }

  @Test
  void wideResNetHasThePublishedNumberOfParameters() {
    assertThat(Networks.parameterCount(spec("wrn-16-4", CIFAR))).isEqualTo(wideResNet16x4());
    // The 2.76 M of the reference count the running statistics, 2 for each of 1808 channels.
    assertThat((wideResNet16x4() + 2 * 1808) / 1e6).isCloseTo(2.76, within(0.005));
  }

  /** Convolutions, twice the channels for each normalisation, and the heads. */
  private static long wideResNet16x4() {
    long total = 9 * 3 * 16;
    int channels = 16;
    for (int wide : new int[] {64, 128, 256}) {
      total += 2L * channels + 9L * channels * wide + 2L * wide + 9L * wide * wide;
      total += (long) channels * wide;
      total += 2L * wide + 9L * wide * wide + 2L * wide + 9L * wide * wide;
      channels = wide;
    }
    return total + 2 * 256 + 256 * 25 + 25;
  }

  @ParameterizedTest
  @CsvSource({"28, 80", "32, 320", "84, 320"})
  void smallConvHasThePublishedNumberOfFeatures(int side, int features) {
    ImageShape input = new ImageShape(side, side, 3);
    long convolutions = 9 * 3 * 80 + 2 * (9 * 80 * 80) + 2 * 2 * 80;
    assertThat(Networks.parameterCount(spec("small-conv", input)))
        .isEqualTo(convolutions + features * 25L + 25);
  }

  @ParameterizedTest
  @CsvSource({"small-conv, 24", "small-conv, 32", "wrn-10-1, 16", "wrn-10-1, 9"})
  void logitsHaveAColumnForEveryClassOfEveryHead(String name, int side) {
    NetworkSpec spec = spec(name, new ImageShape(side, side, 1));
    ComputationGraph graph = Networks.build(spec, 1);
    assertThat(graph.outputSingle(Nd4j.rand(3, side, side, 1)).shape()).containsExactly(3, 25);
  }

  @Test
  void countingDoesNotDependOnRunningStatistics() {
    NetworkSpec spec = spec("wrn-10-1", CIFAR);
    ComputationGraph graph = Networks.build(spec, 1);
    assertThat(graph.numParams() - Networks.parameterCount(spec))
        .as("two statistics for each normalised channel")
        .isEqualTo(2 * (16 + 16 + 16 + 32 + 32 + 64 + 64));
  }

  @Test
  void seedDeterminesEveryParameter() {
    NetworkSpec spec = spec("wrn-10-1", CIFAR);
    assertThat(Networks.build(spec, 7).params()).isEqualTo(Networks.build(spec, 7).params());
    assertThat(Networks.build(spec, 7).params()).isNotEqualTo(Networks.build(spec, 8).params());
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-conv", "wrn-10-1"})
  void biasesOfTheHeadsStartAtZeroAndTheirWeightsDoNot(String name) {
    ComputationGraph graph = Networks.build(spec(name, CIFAR), 1);
    assertThat(graph.getParam("heads_b").toFloatVector()).hasSize(25).containsOnly(0);
    double bound = 1 / Math.sqrt((double) graph.getParam("heads_W").size(0));
    assertThat(graph.getParam("heads_W").amaxNumber().doubleValue()).isBetween(0.98 * bound, bound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet", "wrn-17-4", "wrn-4-4", "wrn-16-0", "wrn-16", ""})
  void unknownNameIsAnErrorThatSaysTheRule(String name) {
    assertThatThrownBy(() -> Networks.check(name, CIFAR))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("\"" + name + "\"")
        .hasMessageContaining("6n + 4");
  }

  @ParameterizedTest
  @CsvSource({"small-conv, 21, 22", "wrn-16-4, 3, 4"})
  void imageThatIsTooSmallIsAnErrorThatSaysTheSmallest(String name, int side, int smallest) {
    assertThatThrownBy(() -> Networks.check(name, new ImageShape(side, 40, 3)))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining(side + "×40×3")
        .hasMessageContaining("at least " + smallest);
    Networks.check(name, new ImageShape(smallest, 40, 3));
  }

  @Test
  void memoryGrowsWithTheBatch() {
    NetworkSpec spec = spec("wrn-16-4", CIFAR);
    long sixteen = Networks.trainingMemoryBytes(spec, 16);
    assertThat(sixteen).isBetween(100L << 20, 1L << 30);
    assertThat(Networks.trainingMemoryBytes(spec, 32)).isGreaterThan(sixteen);
  }
}

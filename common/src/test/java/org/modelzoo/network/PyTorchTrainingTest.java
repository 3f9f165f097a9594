package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.network.GoldenTraining.GoldenBatch;
import org.modelzoo.network.GoldenTraining.Result;
import org.modelzoo.network.dl4j.SgdTrainer;
import org.modelzoo.network.dl4j.TrainingBatch;
import org.modelzoo.network.kernel.KernelChoice;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training goes as in PyTorch: from the same weights, with the same batches and without dropout,
 * loss, gradient, parameters, running statistics and momentum are the same after one step and after
 * twenty.
 *
 * <p>PyTorch's numbers are of double precision. ND4J's kernels have that too, oneDNN's only single
 * precision, where one step is compared: rounding grows from step to step, in PyTorch as well.
 */
class PyTorchTrainingTest {
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-5;

  /** What is left is the rounding of {@link SgdTrainer#momentum()}, of 4e-8, and of the file. */
  private static final Bounds DOUBLE = new Bounds(1e-7, 1e-7, 1e-7);

  private static final Bounds SINGLE = new Bounds(1e-5, 1e-5, 1e-5);

  /**
   * A batch of the usual size has 7.6 million rectifiers, some so near to zero that rounding
   * switches them. Two switched ones change PyTorch's own gradient by 1.5e-3 of its norm, see
   * deploy/benchmark/README.md.
   */
  private static final Bounds SINGLE_WITH_SWITCHED_RECTIFIERS = new Bounds(1e-5, 1e-2, 1e-4);

  /**
   * @param forward largest relative difference of loss and running statistics
   * @param backward of gradient and momentum, in each layer
   * @param parameters of trained parameters
   */
  private record Bounds(double forward, double backward, double parameters) {}

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({"small-conv, 32, 20", "wrn-16-4, 16, 5"})
  void stepsInDoublePrecision(String network, int side, int steps) throws IOException {
    GoldenTraining golden = GoldenTraining.read(network, side);
    check(golden, golden.start(DataType.DOUBLE), steps, DOUBLE);
  }

  @Test
  @Tag("full")
  void twentyStepsOfAWideResNetInDoublePrecision() throws IOException {
    stepsInDoublePrecision("wrn-16-4", 16, 20);
  }

  @ParameterizedTest
  @CsvSource({
    "small-conv, 32, nd4j",
    "small-conv, 32, onednn",
    "wrn-16-4, 16, nd4j",
    "wrn-16-4, 16, onednn"
  })
  void aStepInSinglePrecision(String network, int side, String kernels) throws IOException {
    GoldenTraining golden = GoldenTraining.read(network, side);
    check(golden, start(golden, kernels), 1, SINGLE);
  }

  @ParameterizedTest
  @CsvSource({"nd4j", "onednn"})
  void aStepOfTheUsualSizeInSinglePrecision(String kernels) throws IOException {
    GoldenTraining golden = GoldenTraining.read("wrn-16-4", 32);
    check(golden, start(golden, kernels), 1, SINGLE_WITH_SWITCHED_RECTIFIERS);
  }

  private static ComputationGraph start(GoldenTraining golden, String kernels) {
    return KernelChoice.with(kernels, () -> golden.start(DataType.FLOAT));
  }

  private static void check(
      GoldenTraining golden, ComputationGraph graph, int steps, Bounds bounds) {
    assertThat(golden.results(1, "parameter", "statistic"))
        .extracting(Result::array)
        .containsExactlyInAnyOrderElementsOf(graph.paramTable().keySet());
    try (SgdTrainer trainer = new SgdTrainer(graph, golden.spec(), MOMENTUM, WEIGHT_DECAY)) {
      for (int step = 1; step <= steps; step++) {
        GoldenBatch batch = golden.batch(step);
        checkGradients(golden, step, graph, batch, bounds.backward());
        double rate = golden.number(step, "rate");
        double loss =
            trainer
                .step(batch.features(), batch.heads(), batch.labels(), golden.size(), rate)
                .loss();
        double expected = golden.number(step, "loss");
        assertThat(loss)
            .as("loss of step %d", step)
            .isCloseTo(expected, within(bounds.forward() * expected));
        checkState(golden, step, graph, trainer.momentum(), bounds);
      }
    }
  }

  private static void checkGradients(
      GoldenTraining golden, int step, ComputationGraph graph, GoldenBatch batch, double bound) {
    DataType type = graph.params().dataType();
    try (TrainingBatch onDevice =
        TrainingBatch.of(
            golden.spec(), type, batch.features(), batch.heads(), batch.labels(), golden.size())) {
      graph.setInput(0, onDevice.images());
      graph.setLabels(onDevice.targets());
      graph.computeGradientAndScore();
    }
    for (Result expected : golden.results(step, "gradient")) {
      double[] sums = numbers(graph.gradient().getGradientFor(expected.array()));
      for (int i = 0; i < sums.length; i++) {
        sums[i] /= golden.size();
      }
      assertClose(expected, sums, bound);
    }
  }

  private static void checkState(
      GoldenTraining golden, int step, ComputationGraph graph, float[] momentum, Bounds bounds) {
    for (Result expected : golden.results(step, "statistic")) {
      assertClose(expected, numbers(graph.getParam(expected.array())), bounds.forward());
    }
    for (Result expected : golden.results(step, "parameter")) {
      assertClose(expected, numbers(graph.getParam(expected.array())), bounds.parameters());
    }
    for (Result expected : golden.results(step, "momentum")) {
      INDArray array = graph.getParam(expected.array());
      double[] values = new double[Math.toIntExact(array.length())];
      for (int i = 0; i < values.length; i++) {
        values[i] = momentum[Math.toIntExact(array.offset()) + i];
      }
      assertClose(expected, values, bounds.backward());
    }
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  private static void assertClose(Result expected, double[] values, double bound) {
    assertThat(GoldenTraining.difference(values, expected))
        .as("%s of %s after step %d", expected.what(), expected.array(), expected.step())
        .isLessThan(bound);
  }
}

package org.modelzoo.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.Engine.Settings;
import org.modelzoo.network.GoldenTraining;
import org.modelzoo.network.GoldenTraining.GoldenBatch;
import org.modelzoo.network.GoldenTraining.Result;
import org.modelzoo.network.NativeThreads;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Training goes as in PyTorch's modules with autograd: from the same weights and with the same
 * batches, in double precision for twenty steps.
 */
class TorchTrainingTest {
  private static final Settings SETTINGS = new Settings(0.9, 1e-5, Precision.FLOAT32);

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({"small-conv, 32", "wrn-16-4, 16"})
  void twentyStepsInDoublePrecision(String network, int side) throws IOException {
    check(GoldenTraining.read(network, side), 20, Numbers.DOUBLE, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"small-conv, 32", "wrn-16-4, 16"})
  void aStepInSinglePrecision(String network, int side) throws IOException {
    check(GoldenTraining.read(network, side), 1, Numbers.of(Precision.FLOAT32), 1e-5);
  }

  private static void check(GoldenTraining golden, int steps, Numbers numbers, double bound) {
    float[] start = golden.start(DataType.FLOAT).params().toFloatVector();
    try (TorchNetwork network =
        new TorchNetwork(golden.spec(), start, SETTINGS, numbers, new Processor(1))) {
      for (int step = 1; step <= steps; step++) {
        GoldenBatch batch = golden.batch(step);
        network.step(
            batch.features(),
            batch.heads(),
            batch.labels(),
            golden.size(),
            golden.number(step, "rate"));
        double expected = golden.number(step, "loss");
        assertThat(network.drain().get(0).loss())
            .as("loss of step %d", step)
            .isCloseTo(expected, within(bound * expected));
        checkState(golden, step, network, bound);
      }
    }
  }

  private static void checkState(
      GoldenTraining golden, int step, TorchNetwork network, double bound) {
    float[] parameters = network.parameters();
    float[] momentum = network.momentum();
    for (Blueprint.Vertex vertex : Blueprint.of(golden.spec()).vertices()) {
      for (Blueprint.Array array : vertex.arrays()) {
        String name = vertex.name() + "_" + array.name();
        for (Result expected : golden.results(step, "parameter", "statistic", "momentum")) {
          if (expected.array().equals(name)) {
            float[] flat = expected.what().equals("momentum") ? momentum : parameters;
            assertThat(GoldenTraining.difference(part(flat, array), expected))
                .as("%s of %s after step %d", expected.what(), name, step)
                .isLessThan(bound);
          }
        }
      }
    }
  }

  private static double[] part(float[] flat, Blueprint.Array array) {
    int start = Math.toIntExact(array.offset());
    double[] values = new double[Math.toIntExact(array.length())];
    Arrays.setAll(values, i -> flat[start + i]);
    return values;
  }
}

package org.modelzoo.network.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KernelsTest {
  @Test
  void doublePrecisionGoesToNd4j() {
    assertThat(Kernels.forType(DataType.DOUBLE).description()).startsWith("ND4J");
  }

  @Test
  void singlePrecisionGoesToOneDnnWhereItRuns() {
    String expected = OneDnnKernels.supports(DataType.FLOAT) ? "oneDNN 2.5" : "ND4J";
    assertThat(Kernels.forType(DataType.FLOAT).description()).startsWith(expected);
  }

  @Test
  void unknownChoiceIsRefused() {
    assertThatThrownBy(() -> KernelChoice.with("cudnn", () -> Kernels.forType(DataType.FLOAT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("modelzoo.kernels is \"cudnn\": it must be auto, onednn or nd4j");
  }

  @Test
  void oneDnnIsRefusedForDoublePrecision() {
    assertThatThrownBy(() -> OneDnnKernels.required(DataType.DOUBLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("single precision (here DOUBLE)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void dropoutMultipliesWhatIsKeptAndZeroesTheRest(String choice) {
    DropoutKernel dropout =
        KernelChoice.with(choice, () -> Kernels.forType(DataType.FLOAT)).dropout();
    Random random = new Random(5);
    float[] values = new float[2 * 3 * 37];
    byte[] kept = new byte[values.length + 2];
    double[] expected = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      kept[i] = (byte) random.nextInt(2);
      expected[i] = values[i] * kept[i] * 1.25;
    }
    INDArray array = Nd4j.create(values, new long[] {2, 3, 37}, 'c');
    dropout.apply(array, kept, 1.25);
    assertThat(array.data().asDouble()).containsExactly(expected, within(1e-6));
  }
}

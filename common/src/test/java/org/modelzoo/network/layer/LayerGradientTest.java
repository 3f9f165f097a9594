package org.modelzoo.network.layer;

import static org.modelzoo.network.layer.GradientCheck.labels;
import static org.modelzoo.network.layer.GradientCheck.network;
import static org.modelzoo.network.layer.GradientCheck.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.network.layer.BatchNormalization.Following;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Below every tested layer stands a first convolution, so that is checked each time, too. */
class LayerGradientTest {
  private static final DataType DOUBLE = DataType.DOUBLE;
  private static final INDArray IMAGES = normal(1, DOUBLE, 4, 7, 5, 3);
  private static final INDArray LABELS = labels(4, 5, DOUBLE);

  @ParameterizedTest
  @CsvSource({"3, 1, 1", "3, 2, 1", "1, 2, 0", "1, 1, 0", "3, 1, 0"})
  void convolutionHasTheGradientOfItsOutput(int kernel, int stride, int padding) {
    Convolution layer =
        new Convolution(
            4,
            2,
            kernel,
            stride,
            padding,
            Convolution.Position.INNER,
            Initialisation.HE_FAN_OUT,
            9);
    int features = 2 * layer.shape().outputSize(7) * layer.shape().outputSize(5);
    GradientCheck.check(network(3, 4, features, DOUBLE, layer), IMAGES, LABELS);
  }

  @ParameterizedTest
  @CsvSource({"NOTHING", "RECTIFIER"})
  void normalisationHasTheGradientThroughMeanAndVariance(Following following) {
    BatchNormalization layer = new BatchNormalization(4, following, 0, 1);
    GradientCheck.check(network(3, 4, 7 * 5 * 4, DOUBLE, layer), IMAGES, LABELS);
  }

  @ParameterizedTest
  @CsvSource({"0.2", "0.6"})
  void dropoutHasTheGradientOfTheValuesKept(double dropout) {
    BatchNormalization layer = new BatchNormalization(4, Following.RECTIFIER, dropout, 1);
    GradientCheck.check(network(3, 4, 7 * 5 * 4, DOUBLE, layer), IMAGES, LABELS);
  }

  @ParameterizedTest
  @CsvSource({"2, 24", "3, 8"})
  void maximumPoolingPassesTheGradientToTheLargestPositiveValue(int size, int features) {
    GradientCheck.check(network(3, 4, features, DOUBLE, new MaximumPooling(size)), IMAGES, LABELS);
  }

  @Test
  void imageMeanSharesTheGradientAmongThePixels() {
    GradientCheck.check(network(3, 4, 4, DOUBLE, new GlobalAveragePooling()), IMAGES, LABELS);
  }
}

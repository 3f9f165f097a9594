package org.modelzoo.network.kernel;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ND4J operations the layers are made of, by name, with their argument layouts in one place.
 * All images are NHWC. The operations were picked by measurement: ND4J has several for most
 * purposes, and they differ by a factor of ten or more.
 */
public final class Nd4jOperations {
  /** Value of the argument "data format" that means NHWC. */
  private static final int NHWC = 1;

  /** Value of the argument "weights format" that means [outputs, height, width, inputs]. */
  private static final int OUTPUT_HEIGHT_WIDTH_INPUT = 2;

  private static final int EXPLICIT_PADDING = 0;

  private Nd4jOperations() {}

  static void convolution(
      INDArray input, INDArray weights, INDArray output, int stride, int padding) {
    run(
        "conv2d",
        List.of(input, weights),
        List.of(output),
        convolutionArguments(weights, stride, padding));
  }

  static void convolutionGradients(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      int stride,
      int padding) {
    run(
        "conv2d_bp",
        List.of(input, weights, outputGradient),
        List.of(inputGradient, weightGradient),
        convolutionArguments(weights, stride, padding));
  }

  private static int[] convolutionArguments(INDArray weights, int stride, int padding) {
    int height = (int) weights.size(1);
    int width = (int) weights.size(2);
    return new int[] {
      height,
      width,
      stride,
      stride,
      padding,
      padding,
      1,
      1,
      EXPLICIT_PADDING,
      NHWC,
      OUTPUT_HEIGHT_WIDTH_INPUT
    };
  }

  /** Maximum over windows that do not overlap; a rest at the edge is left out, as in PyTorch. */
  static void maximumPooling(INDArray input, INDArray output, int size) {
    run("maxpool2d", List.of(input), List.of(output), poolingArguments(size, size, size));
  }

  static void maximumPoolingGradient(
      INDArray input, INDArray outputGradient, INDArray inputGradient, int size) {
    run(
        "maxpool2d_bp",
        List.of(input, outputGradient),
        List.of(inputGradient),
        poolingArguments(size, size, size));
  }

  /** Mean over the whole image: [n, h, w, c] to [n, 1, 1, c]. */
  static void imageMean(INDArray input, INDArray output) {
    int height = (int) input.size(1);
    int width = (int) input.size(2);
    run("avgpool2d", List.of(input), List.of(output), poolingArguments(height, width, 1));
  }

  private static int[] poolingArguments(int height, int width, int stride) {
    return new int[] {
      height, width, stride, stride, 0, 0, 1, 1, EXPLICIT_PADDING, /* divisor */ 0, NHWC
    };
  }

  /** output = left · right, each transposed first if asked. */
  public static void product(
      INDArray left, Transposition first, INDArray right, Transposition second, INDArray output) {
    run(
        "matmul",
        List.of(left, right),
        List.of(output),
        new int[] {first.argument, second.argument, 0});
  }

  /** Whether a factor of a product is used as it lies or transposed. */
  public enum Transposition {
    PLAIN(0),
    TRANSPOSED(1);

    private final int argument;

    Transposition(int argument) {
      this.argument = argument;
    }
  }

  /** output = (input − row)², the row taken from every line of the matrix. */
  static void squaredDifference(INDArray matrix, INDArray row, INDArray output) {
    run("squaredsubtract", List.of(matrix, row), List.of(output), new int[0]);
  }

  /** output = matrix − row. */
  static void difference(INDArray matrix, INDArray row, INDArray output) {
    run("subtract", List.of(matrix, row), List.of(output), new int[0]);
  }

  /** output = (input − mean) / √(variance + epsilon) · scale + shift, per channel. */
  static void normalise(
      INDArray input,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      double epsilon,
      INDArray output) {
    CustomOp operation =
        DynamicCustomOp.builder("batchnorm")
            .addInputs(input, mean, variance, scale, shift)
            .addOutputs(output)
            .addIntegerArguments(1, 1, /* channel axis */ 3)
            .addFloatingPointArguments(epsilon)
            .build();
    Nd4j.getExecutioner().exec(operation);
  }

  /** A small array that outlives the step: the network's workspaces are left while it is made. */
  @SuppressWarnings("try") // the scope is the point, its variable is not
  public static INDArray lasting(DataType type, double value, long... shape) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.valueArrayOf(shape, value, type);
    }
  }

  private static void run(
      String name, List<INDArray> inputs, List<INDArray> outputs, int[] arguments) {
    CustomOp operation =
        DynamicCustomOp.builder(name)
            .addInputs(inputs.toArray(INDArray[]::new))
            .addOutputs(outputs.toArray(INDArray[]::new))
            .addIntegerArguments(arguments)
            .build();
    Nd4j.getExecutioner().exec(operation);
  }
}

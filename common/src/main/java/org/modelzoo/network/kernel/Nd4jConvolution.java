package org.modelzoo.network.kernel;

import static org.modelzoo.network.kernel.Nd4jOperations.Transposition.PLAIN;
import static org.modelzoo.network.kernel.Nd4jOperations.Transposition.TRANSPOSED;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution by ND4J. */
final class Nd4jConvolution implements ConvolutionKernel {
  private final ConvolutionShape shape;

  /** Weights of a convolution that copies each window into the channels; made when first used. */
  private INDArray windowCopier;

  Nd4jConvolution(ConvolutionShape shape) {
    this.shape = shape;
  }

  @Override
  public INDArray forward(INDArray input, INDArray weights, LayerWorkspaceMgr workspaces) {
    INDArray output = create(ArrayType.ACTIVATIONS, input, shape.outputs(), workspaces);
    convolve(input, weights, output);
    return output;
  }

  @Override
  public INDArray backward(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray weightGradient,
      LayerWorkspaceMgr workspaces) {
    if (shape.first()) {
      weightGradientOfImages(input, outputGradient, weightGradient, workspaces);
      return null;
    }
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    Nd4jOperations.convolutionGradients(
        input,
        weights,
        outputGradient,
        inputGradient,
        weightGradient,
        shape.stride(),
        shape.padding());
    return inputGradient;
  }

  /**
   * The native backward pass is ten times slower than its arithmetic when there are three input
   * channels, and always computes the gradient of the images, which nobody needs. Copying each
   * window into a row (itself a convolution with ones and zeros) leaves a plain matrix product.
   */
  private void weightGradientOfImages(
      INDArray input,
      INDArray outputGradient,
      INDArray weightGradient,
      LayerWorkspaceMgr workspaces) {
    int window = shape.kernel() * shape.kernel() * shape.inputs();
    INDArray windows = create(ArrayType.BP_WORKING_MEM, input, window, workspaces);
    convolve(input, windowCopier(window, input.dataType()), windows);
    long rows = windows.length() / window;
    Nd4jOperations.product(
        outputGradient.reshape('c', rows, shape.outputs()),
        TRANSPOSED,
        windows.reshape('c', rows, window),
        PLAIN,
        weightGradient.reshape('c', shape.outputs(), window));
  }

  private INDArray windowCopier(int window, DataType type) {
    if (windowCopier == null) {
      windowCopier = Nd4jOperations.lasting(type, 0, window, window);
      for (int i = 0; i < window; i++) {
        windowCopier.putScalar(i, i, 1);
      }
      int kernel = shape.kernel();
      windowCopier = windowCopier.reshape('c', window, kernel, kernel, shape.inputs());
    }
    return windowCopier;
  }

  private void convolve(INDArray input, INDArray weights, INDArray output) {
    Nd4jOperations.convolution(input, weights, output, shape.stride(), shape.padding());
  }

  private INDArray create(
      ArrayType purpose, INDArray input, int channels, LayerWorkspaceMgr workspaces) {
    int height = shape.outputSize((int) input.size(1));
    int width = shape.outputSize((int) input.size(2));
    return workspaces.createUninitialized(
        purpose, input.dataType(), new long[] {input.size(0), height, width, channels}, 'c');
  }
}

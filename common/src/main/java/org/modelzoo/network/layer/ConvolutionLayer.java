package org.modelzoo.network.layer;

import static org.modelzoo.network.layer.NativeOperations.Transposition.PLAIN;
import static org.modelzoo.network.layer.NativeOperations.Transposition.TRANSPOSED;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link Convolution}. */
final class ConvolutionLayer extends TrainableLayer<Convolution> {
  private static final long serialVersionUID = 1L;

  /** Weights of a convolution that copies each window into the channels; made when first used. */
  private transient INDArray windowCopier;

  ConvolutionLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output =
        create(workspaces, ArrayType.ACTIVATIONS, outputHeight(), outputWidth(), outputs());
    convolve(getParam(Convolution.WEIGHTS), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray weightGradient = gradientViews.get(Convolution.WEIGHTS);
    INDArray inputGradient = null;
    if (layerConf().isFirst()) {
      weightGradientOfImages(outputGradient, weightGradient, workspaces);
    } else {
      inputGradient =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
      NativeOperations.convolutionGradients(
          input,
          getParam(Convolution.WEIGHTS),
          outputGradient,
          inputGradient,
          weightGradient,
          layerConf().stride(),
          layerConf().padding());
    }
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(Convolution.WEIGHTS, weightGradient);
    return new Pair<>(gradient, inputGradient);
  }

  /**
   * The native backward pass is ten times slower than its arithmetic when there are three input
   * channels, and always computes the gradient of the images, which nobody needs. Copying each
   * window into a row (itself a convolution with ones and zeros) leaves a plain matrix product.
   */
  private void weightGradientOfImages(
      INDArray outputGradient, INDArray weightGradient, LayerWorkspaceMgr workspaces) {
    int window = layerConf().kernel() * layerConf().kernel() * layerConf().inputs();
    INDArray windows =
        create(workspaces, ArrayType.BP_WORKING_MEM, outputHeight(), outputWidth(), window);
    convolve(windowCopier(window), windows);
    long rows = windows.length() / window;
    NativeOperations.product(
        outputGradient.reshape('c', rows, outputs()),
        TRANSPOSED,
        windows.reshape('c', rows, window),
        PLAIN,
        weightGradient.reshape('c', outputs(), window));
  }

  private INDArray windowCopier(int window) {
    if (windowCopier == null) {
      windowCopier = NativeOperations.lasting(dataType, 0, window, window);
      for (int i = 0; i < window; i++) {
        windowCopier.putScalar(i, i, 1);
      }
      int kernel = layerConf().kernel();
      windowCopier = windowCopier.reshape('c', window, kernel, kernel, layerConf().inputs());
    }
    return windowCopier;
  }

  private void convolve(INDArray weights, INDArray output) {
    NativeOperations.convolution(
        input, weights, output, layerConf().stride(), layerConf().padding());
  }

  private INDArray create(
      LayerWorkspaceMgr workspaces, ArrayType purpose, int height, int width, int channels) {
    return workspaces.createUninitialized(
        purpose, input.dataType(), new long[] {input.size(0), height, width, channels}, 'c');
  }

  private int outputs() {
    return layerConf().outputs();
  }

  private int outputHeight() {
    return layerConf().outputSize((int) input.size(1));
  }

  private int outputWidth() {
    return layerConf().outputSize((int) input.size(2));
  }
}

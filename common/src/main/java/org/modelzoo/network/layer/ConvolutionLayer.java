package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.modelzoo.network.kernel.ConvolutionKernel;
import org.modelzoo.network.kernel.Kernels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link Convolution}. */
final class ConvolutionLayer extends TrainableLayer<Convolution> {
  private static final long serialVersionUID = 1L;

  private final transient ConvolutionKernel kernel;

  ConvolutionLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    kernel = Kernels.forType(type).convolution(layerConf().shape());
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return kernel.forward(input, getParam(Convolution.WEIGHTS), workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray weightGradient = gradientViews.get(Convolution.WEIGHTS);
    INDArray inputGradient =
        kernel.backward(
            input, getParam(Convolution.WEIGHTS), outputGradient, weightGradient, workspaces);
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(Convolution.WEIGHTS, weightGradient);
    return new Pair<>(gradient, inputGradient);
  }
}

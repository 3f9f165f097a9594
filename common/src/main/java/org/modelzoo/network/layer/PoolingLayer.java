package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.modelzoo.network.kernel.PoolingKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link MaximumPooling} or an {@link GlobalAveragePooling}. */
final class PoolingLayer extends AbstractLayer<ImageLayer> {
  private static final long serialVersionUID = 1L;

  private final transient PoolingKernel kernel;

  PoolingLayer(NeuralNetConfiguration configuration, DataType type, PoolingKernel kernel) {
    super(configuration, type);
    this.kernel = kernel;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return kernel.forward(input, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient = kernel.backward(input, outputGradient, workspaces);
    return new Pair<>(new DefaultGradient(), inputGradient);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}
}

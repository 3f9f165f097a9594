package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link MaximumPooling}. */
final class MaximumPoolingLayer extends FixedLayer<MaximumPooling> {
  private static final long serialVersionUID = 1L;

  private transient INDArray output;

  MaximumPoolingLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    int size = layerConf().size();
    long[] shape = {input.size(0), input.size(1) / size, input.size(2) / size, input.size(3)};
    output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), shape, 'c');
    NativeOperations.maximumPooling(input, output, size);
    Nd4j.getExecutioner().exec(new RectifiedLinear(output, output));
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray passed =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, output.dataType(), output.shape(), 'c');
    Nd4j.getExecutioner().exec(new Step(output, passed));
    passed.muli(outputGradient);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    NativeOperations.maximumPoolingGradient(input, passed, inputGradient, layerConf().size());
    return new Pair<>(new DefaultGradient(), inputGradient);
  }

  @Override
  public void clear() {
    super.clear();
    output = null;
  }
}

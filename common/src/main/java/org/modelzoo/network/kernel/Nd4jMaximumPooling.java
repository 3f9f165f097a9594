package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** Maximum and rectifier by ND4J. They can change places; this way round fewer values pass both. */
final class Nd4jMaximumPooling implements PoolingKernel {
  private final int size;
  private INDArray output;

  Nd4jMaximumPooling(int size) {
    this.size = size;
  }

  @Override
  public INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    long[] shape = {input.size(0), input.size(1) / size, input.size(2) / size, input.size(3)};
    output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), shape, 'c');
    Nd4jOperations.maximumPooling(input, output, size);
    Nd4j.getExecutioner().exec(new RectifiedLinear(output, output));
    return output;
  }

  @Override
  public INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray passed =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, output.dataType(), output.shape(), 'c');
    Nd4j.getExecutioner().exec(new Step(output, passed));
    output = null;
    passed.muli(outputGradient);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    Nd4jOperations.maximumPoolingGradient(input, passed, inputGradient, size);
    return inputGradient;
  }
}

package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/** Mean over all pixels by ND4J: [n, h, w, c] to [n, 1, 1, c]. */
final class Nd4jGlobalAveragePooling implements PoolingKernel {
  @Override
  public INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    long[] shape = {input.size(0), 1, 1, input.size(3)};
    INDArray means =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), shape, 'c');
    Nd4jOperations.imageMean(input, means);
    return means;
  }

  /** Every pixel gets an equal share; the native backward pass of the mean is very slow. */
  @Override
  public INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    long images = input.size(0);
    long pixels = input.size(1) * input.size(2);
    long channels = input.size(3);
    INDArray share = outputGradient.reshape('c', images, channels).div(pixels);
    INDArray target = inputGradient.reshape('c', images, pixels, channels);
    Nd4j.getExecutioner().exec(new BroadcastCopyOp(target, share, target, 0, 2));
    return inputGradient;
  }
}

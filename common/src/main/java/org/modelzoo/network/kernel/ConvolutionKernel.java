package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolves. Weights and their gradient are [outputs, height, width, inputs], in c order. */
public interface ConvolutionKernel {
  INDArray forward(INDArray input, INDArray weights, LayerWorkspaceMgr workspaces);

  /**
   * Goes back through the last forward pass.
   *
   * @param weights as in the forward pass
   * @param weightGradient is overwritten
   * @return the gradient of the input, or null for the first layer of a network
   */
  INDArray backward(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray weightGradient,
      LayerWorkspaceMgr workspaces);
}

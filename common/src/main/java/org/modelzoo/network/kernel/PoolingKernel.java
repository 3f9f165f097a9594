package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes images smaller, without parameters. */
public interface PoolingKernel {
  INDArray forward(INDArray input, LayerWorkspaceMgr workspaces);

  /** The gradient of the input; goes back through the last forward pass. */
  INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces);
}

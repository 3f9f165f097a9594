package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean over all pixels by oneDNN. */
final class OneDnnGlobalAveragePooling implements PoolingKernel {
  private final RecentShapes<OneDnnPooling> prepared =
      new RecentShapes<>(
          sizes ->
              new OneDnnPooling(algorithm.pooling_avg_exclude_padding, sizes, sizes[2], sizes[3]));

  @Override
  public INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    return prepared.of(OneDnn.sizes(input)).forward(input, workspaces);
  }

  @Override
  public INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    return prepared.of(OneDnn.sizes(input)).backward(input, outputGradient, workspaces);
  }
}

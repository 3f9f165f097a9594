package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, 2015, algorithm 1), perhaps with a rectifier
 * behind it. All vectors have a value per channel; variances are biased, divided by the number of
 * pixels.
 */
public interface BatchNormalizationKernel {
  /** Normalises with given statistics. */
  INDArray infer(
      INDArray input,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      LayerWorkspaceMgr workspaces);

  /** Normalises with the statistics of the batch, which are written to mean and variance. */
  INDArray train(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      LayerWorkspaceMgr workspaces);

  /**
   * Goes back through the last {@link #train}, through mean and variance too.
   *
   * @param mean of the batch, as train left it
   * @param variance of the batch, as train left it
   * @param scaleGradient is overwritten
   * @param shiftGradient is overwritten
   * @return the gradient of the input
   */
  INDArray backward(
      INDArray input,
      INDArray outputGradient,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray scaleGradient,
      INDArray shiftGradient,
      LayerWorkspaceMgr workspaces);
}

package org.modelzoo.network.kernel;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's own operations, on any of its backends and in any precision. Images are NHWC. */
final class Nd4jKernels implements Kernels {
  @Override
  public String description() {
    return "ND4J's operations";
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionShape shape) {
    return new Nd4jConvolution(shape);
  }

  @Override
  public BatchNormalizationKernel normalisation(BatchNormalizationShape shape) {
    return new Nd4jBatchNormalization(shape);
  }

  @Override
  public PoolingKernel maximumPooling(int size) {
    return new Nd4jMaximumPooling(size);
  }

  @Override
  public PoolingKernel imageMean() {
    return new Nd4jGlobalAveragePooling();
  }

  @Override
  public DropoutKernel dropout() {
    return (values, kept, factor) -> {
      float[] factors = new float[Math.toIntExact(values.length())];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = (float) (kept[i] * factor);
      }
      try (INDArray mask = Nd4j.create(factors, values.shape(), 'c')) {
        values.muli(mask.castTo(values.dataType()));
      }
    };
  }

  @Override
  public INDArray rows(INDArray images, ArrayType purpose, LayerWorkspaceMgr workspaces) {
    return images.reshape('c', images.size(0), images.length() / images.size(0));
  }

  @Override
  public INDArray images(
      INDArray rows, INDArray like, ArrayType purpose, LayerWorkspaceMgr workspaces) {
    return rows.reshape('c', like.shape());
  }
}

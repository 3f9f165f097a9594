package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * oneDNN, called directly, in single precision on x86 processors with AVX2 or better. ND4J reaches
 * the same library through its operations, but converts the order of every array at every call and
 * offers neither Winograd's convolutions nor the fused batch normalisation.
 */
final class OneDnnKernels implements Kernels {
  private final RecentShapes<OneDnnOperation> toRows = new RecentShapes<>(this::prepareToRows);
  private final RecentShapes<OneDnnOperation> toImages = new RecentShapes<>(this::prepareToImages);

  static boolean supports(DataType type) {
    return type == DataType.FLOAT
        && Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU
        && OneDnn.isAvailable();
  }

  static Kernels required(DataType type) {
    if (!supports(type)) {
      throw new IllegalStateException(
          PROPERTY
              + " asks for onednn, which needs single precision (here "
              + type
              + "), ND4J's CPU backend and an x86 processor with AVX2; use auto");
    }
    return new OneDnnKernels();
  }

  @Override
  public String description() {
    return OneDnn.instance().description();
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionShape shape) {
    return new OneDnnConvolution(shape);
  }

  @Override
  public BatchNormalizationKernel normalisation(BatchNormalizationShape shape) {
    return new OneDnnBatchNormalization(shape);
  }

  @Override
  public PoolingKernel maximumPooling(int size) {
    return new OneDnnMaximumPooling(size);
  }

  @Override
  public PoolingKernel imageMean() {
    return new OneDnnGlobalAveragePooling();
  }

  @Override
  public DropoutKernel dropout() {
    return new OneDnnDropout();
  }

  @Override
  public INDArray rows(INDArray images, ArrayType purpose, LayerWorkspaceMgr workspaces) {
    if (images.rank() == 2) {
      return images;
    }
    long[] sizes = OneDnn.sizes(images);
    long features = sizes[1] * sizes[2] * sizes[3];
    if (sizes[2] == 1 && sizes[3] == 1) {
      return images.reshape('c', sizes[0], features);
    }
    INDArray rows =
        workspaces.createUninitialized(
            purpose, images.dataType(), new long[] {sizes[0], features}, 'c');
    toRows.of(sizes).at(dnnl.DNNL_ARG_FROM, images).at(dnnl.DNNL_ARG_TO, rows).run();
    return rows;
  }

  @Override
  public INDArray images(
      INDArray rows, INDArray like, ArrayType purpose, LayerWorkspaceMgr workspaces) {
    if (like.rank() == 2) {
      return rows;
    }
    long[] sizes = OneDnn.sizes(like);
    if (sizes[2] == 1 && sizes[3] == 1) {
      return rows.reshape('c', like.shape());
    }
    INDArray images = workspaces.createUninitialized(purpose, rows.dataType(), like.shape(), 'c');
    toImages.of(sizes).at(dnnl.DNNL_ARG_FROM, rows).at(dnnl.DNNL_ARG_TO, images).run();
    return images;
  }

  private OneDnnOperation prepareToRows(long[] sizes) {
    return OneDnnOperation.reorder(blocked(sizes), plain(sizes));
  }

  private OneDnnOperation prepareToImages(long[] sizes) {
    return OneDnnOperation.reorder(plain(sizes), blocked(sizes));
  }

  private static memory.desc blocked(long[] sizes) {
    return OneDnn.instance().images(sizes[0], sizes[1], sizes[2], sizes[3]);
  }

  private static memory.desc plain(long[] sizes) {
    return OneDnn.plain(memory.format_tag.nhwc, sizes);
  }
}

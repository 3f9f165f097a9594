package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum and rectifier by oneDNN; it keeps where in each window the maximum was. */
final class OneDnnMaximumPooling implements PoolingKernel {
  private final int size;
  private final RecentShapes<Passes> prepared = new RecentShapes<>(Passes::new);
  private INDArray output;

  OneDnnMaximumPooling(int size) {
    this.size = size;
  }

  @Override
  public INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    Passes passes = prepared.of(OneDnn.sizes(input));
    output = passes.pooling.forward(input, workspaces);
    passes.rectify.at(dnnl.DNNL_ARG_SRC, output).at(dnnl.DNNL_ARG_DST, output).run();
    return output;
  }

  @Override
  public INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    Passes passes = prepared.of(OneDnn.sizes(input));
    INDArray passed =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, output.dataType(), output.shape(), 'c');
    passes
        .rectifierGradient
        .at(dnnl.DNNL_ARG_DST, output)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, passed)
        .run();
    output = null;
    return passes.pooling.backward(input, passed, workspaces);
  }

  /** The operations for images of one size. */
  private final class Passes {
    /** Its backward pass reads the output, so that the maximum may be rectified in place. */
    private static final algorithm RECTIFIER = algorithm.eltwise_relu_use_dst_for_bwd;

    private final OneDnnPooling pooling;
    private final OneDnnOperation rectify;
    private final OneDnnOperation rectifierGradient;

    Passes(long[] sizes) {
      pooling = new OneDnnPooling(algorithm.pooling_max, sizes, size, size);
      OneDnn library = OneDnn.instance();
      memory.desc maxima = pooling.output();
      eltwise_forward.primitive_desc rectifyPass =
          new eltwise_forward.primitive_desc(
              new eltwise_forward.desc(prop_kind.forward_training, RECTIFIER, maxima, 0, 0),
              library.attributes,
              library.processor);
      rectify =
          new OneDnnOperation(new eltwise_forward(rectifyPass), rectifyPass)
              .moving(dnnl.DNNL_ARG_SRC, maxima)
              .moving(dnnl.DNNL_ARG_DST, maxima);
      eltwise_backward.primitive_desc gradientPass =
          new eltwise_backward.primitive_desc(
              new eltwise_backward.desc(RECTIFIER, maxima, maxima, 0, 0),
              library.attributes,
              library.processor,
              rectifyPass);
      rectifierGradient =
          new OneDnnOperation(new eltwise_backward(gradientPass), gradientPass)
              .moving(dnnl.DNNL_ARG_DST, maxima)
              .moving(dnnl.DNNL_ARG_DIFF_DST, maxima)
              .moving(dnnl.DNNL_ARG_DIFF_SRC, maxima);
    }
  }
}

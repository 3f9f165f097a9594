package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
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
    output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), passes.outputShape, 'c');
    passes.forward.at(dnnl.DNNL_ARG_SRC, input).at(dnnl.DNNL_ARG_DST, output).run();
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
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    passes
        .backward
        .at(dnnl.DNNL_ARG_DIFF_DST, passed)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
    return inputGradient;
  }

  /** The operations for images of one size. */
  private final class Passes {
    private final long[] outputShape;
    private final OneDnnOperation forward;
    private final OneDnnOperation rectify;
    private final OneDnnOperation rectifierGradient;
    private final OneDnnOperation backward;

    Passes(long[] sizes) {
      OneDnn library = OneDnn.instance();
      long height = sizes[2] / size;
      long width = sizes[3] / size;
      outputShape = library.shape(sizes[0], sizes[1], height, width);
      memory.desc input = library.images(sizes[0], sizes[1], sizes[2], sizes[3]);
      memory.desc output = library.images(sizes[0], sizes[1], height, width);
      long[] window = {size, size};
      long[] padding = {0, 0};

      pooling_forward.primitive_desc forwardPass =
          new pooling_forward.primitive_desc(
              new pooling_forward.desc(
                  prop_kind.forward_training,
                  algorithm.pooling_max,
                  input,
                  output,
                  window,
                  window,
                  padding,
                  padding),
              library.processor);
      memory positions = OneDnnOperation.allocate(forwardPass.workspace_desc());
      forward =
          new OneDnnOperation(new pooling_forward(forwardPass))
              .moving(dnnl.DNNL_ARG_SRC, input)
              .moving(dnnl.DNNL_ARG_DST, output)
              .fixed(dnnl.DNNL_ARG_WORKSPACE, positions);
      pooling_backward.primitive_desc backwardPass =
          new pooling_backward.primitive_desc(
              new pooling_backward.desc(
                  algorithm.pooling_max, input, output, window, window, padding, padding),
              library.processor,
              forwardPass);
      backward =
          new OneDnnOperation(new pooling_backward(backwardPass))
              .moving(dnnl.DNNL_ARG_DIFF_SRC, input)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output)
              .fixed(dnnl.DNNL_ARG_WORKSPACE, positions);

      // The backward pass reads the output, so that the maximum may be rectified in place.
      algorithm rectifier = algorithm.eltwise_relu_use_dst_for_bwd;
      eltwise_forward.primitive_desc rectifyPass =
          new eltwise_forward.primitive_desc(
              new eltwise_forward.desc(prop_kind.forward_training, rectifier, output, 0, 0),
              library.processor);
      rectify =
          new OneDnnOperation(new eltwise_forward(rectifyPass))
              .moving(dnnl.DNNL_ARG_SRC, output)
              .moving(dnnl.DNNL_ARG_DST, output);
      rectifierGradient =
          new OneDnnOperation(
                  new eltwise_backward(
                      new eltwise_backward.primitive_desc(
                          new eltwise_backward.desc(rectifier, output, output, 0, 0),
                          library.processor,
                          rectifyPass)))
              .moving(dnnl.DNNL_ARG_DST, output)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output)
              .moving(dnnl.DNNL_ARG_DIFF_SRC, output);
    }
  }
}

package org.modelzoo.network.kernel;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean over all pixels by oneDNN. */
final class OneDnnImageMean implements PoolingKernel {
  private final RecentShapes<Passes> prepared = new RecentShapes<>(Passes::new);

  @Override
  public INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    Passes passes = prepared.of(OneDnn.sizes(input));
    INDArray means =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), passes.outputShape, 'c');
    passes.forward.at(dnnl.DNNL_ARG_SRC, input).at(dnnl.DNNL_ARG_DST, means).run();
    return means;
  }

  @Override
  public INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    prepared
        .of(OneDnn.sizes(input))
        .backward
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
    return inputGradient;
  }

  /** The operations for images of one size. */
  private static final class Passes {
    private final long[] outputShape;
    private final OneDnnOperation forward;
    private final OneDnnOperation backward;

    Passes(long[] sizes) {
      OneDnn library = OneDnn.instance();
      outputShape = library.shape(sizes[0], sizes[1], 1, 1);
      memory.desc input = library.images(sizes[0], sizes[1], sizes[2], sizes[3]);
      memory.desc output = library.images(sizes[0], sizes[1], 1, 1);
      long[] window = {sizes[2], sizes[3]};
      long[] padding = {0, 0};
      algorithm average = algorithm.pooling_avg_exclude_padding;
      pooling_forward.primitive_desc forwardPass =
          new pooling_forward.primitive_desc(
              new pooling_forward.desc(
                  prop_kind.forward_training,
                  average,
                  input,
                  output,
                  window,
                  window,
                  padding,
                  padding),
              library.processor);
      forward =
          new OneDnnOperation(new pooling_forward(forwardPass))
              .moving(dnnl.DNNL_ARG_SRC, input)
              .moving(dnnl.DNNL_ARG_DST, output);
      backward =
          new OneDnnOperation(
                  new pooling_backward(
                      new pooling_backward.primitive_desc(
                          new pooling_backward.desc(
                              average, input, output, window, window, padding, padding),
                          library.processor,
                          forwardPass)))
              .moving(dnnl.DNNL_ARG_DIFF_SRC, input)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output);
    }
  }
}

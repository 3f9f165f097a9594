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

/** Pooling by oneDNN, over windows that do not overlap, of images of one size. */
final class OneDnnPooling {
  private static final long[] NO_PADDING = {0, 0};

  private final long[] outputShape;
  private final memory.desc output;
  private final OneDnnOperation forward;
  private final OneDnnOperation backward;

  /**
   * @param sizes of the images {images, channels, height, width}
   * @param window height and width in pixels
   */
  OneDnnPooling(algorithm method, long[] sizes, long... window) {
    OneDnn library = OneDnn.instance();
    long height = sizes[2] / window[0];
    long width = sizes[3] / window[1];
    outputShape = library.shape(sizes[0], sizes[1], height, width);
    output = library.images(sizes[0], sizes[1], height, width);
    memory.desc input = library.images(sizes[0], sizes[1], sizes[2], sizes[3]);
    pooling_forward.primitive_desc forwardPass =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                prop_kind.forward_training,
                method,
                input,
                output,
                window,
                window,
                NO_PADDING,
                NO_PADDING),
            library.attributes,
            library.processor);
    forward =
        new OneDnnOperation(new pooling_forward(forwardPass), forwardPass)
            .moving(dnnl.DNNL_ARG_SRC, input)
            .moving(dnnl.DNNL_ARG_DST, output);
    pooling_backward.primitive_desc backwardPass =
        new pooling_backward.primitive_desc(
            new pooling_backward.desc(
                method, input, output, window, window, NO_PADDING, NO_PADDING),
            library.attributes,
            library.processor,
            forwardPass);
    backward =
        new OneDnnOperation(new pooling_backward(backwardPass), backwardPass)
            .moving(dnnl.DNNL_ARG_DIFF_SRC, input)
            .moving(dnnl.DNNL_ARG_DIFF_DST, output);
    if (method == algorithm.pooling_max) {
      memory positions = OneDnnOperation.allocate(forwardPass.workspace_desc());
      forward.fixed(dnnl.DNNL_ARG_WORKSPACE, positions);
      backward.fixed(dnnl.DNNL_ARG_WORKSPACE, positions);
    }
  }

  /** Describes the output. */
  memory.desc output() {
    return output;
  }

  INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), outputShape, 'c');
    forward.at(dnnl.DNNL_ARG_SRC, input).at(dnnl.DNNL_ARG_DST, result).run();
    return result;
  }

  INDArray backward(INDArray input, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    backward
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
    return inputGradient;
  }
}

package org.modelzoo.network.kernel;

import java.util.function.Function;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by oneDNN. Where the window is 3×3 with stride 1, Winograd's algorithm F(4×4, 3×3)
 * (Lavin and Gray, 2016) needs a quarter of the multiplications; it works on tiles of 4×4 pixels of
 * its result and pays off if most of their area lies in the image.
 */
final class OneDnnConvolution implements ConvolutionKernel {
  private static final int TILE = 4;

  /** Share of the tiles' area that must lie in the image; measured. */
  private static final double WORTHWHILE = 0.6;

  private final ConvolutionShape shape;
  private final RecentShapes<Passes> prepared = new RecentShapes<>(Passes::new);

  OneDnnConvolution(ConvolutionShape shape) {
    this.shape = shape;
  }

  @Override
  public INDArray forward(INDArray input, INDArray weights, LayerWorkspaceMgr workspaces) {
    return prepared.of(sizes(input)).forward(input, weights, workspaces);
  }

  @Override
  public INDArray backward(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray weightGradient,
      LayerWorkspaceMgr workspaces) {
    Passes passes = prepared.of(sizes(input));
    passes.writeWeightGradient(input, outputGradient, weightGradient);
    return shape.first() ? null : passes.inputGradient(input, weights, outputGradient, workspaces);
  }

  private long[] sizes(INDArray input) {
    return shape.first()
        ? new long[] {input.size(0), input.size(3), input.size(1), input.size(2)}
        : OneDnn.sizes(input);
  }

  private boolean winogradIsWorthwhile(long height, long width) {
    long tiledHeight = (height + TILE - 1) / TILE * TILE;
    long tiledWidth = (width + TILE - 1) / TILE * TILE;
    return shape.kernel() == 3
        && shape.stride() == 1
        && !shape.first()
        && height * width >= WORTHWHILE * tiledHeight * tiledWidth;
  }

  /** Describes a pass whose result has that size; not every processor knows Winograd's. */
  private <P> P best(long height, long width, Function<algorithm, P> describe) {
    if (winogradIsWorthwhile(height, width)) {
      try {
        return describe.apply(algorithm.convolution_winograd);
      } catch (RuntimeException e) {
        // oneDNN has no such kernel here.
      }
    }
    return describe.apply(algorithm.convolution_direct);
  }

  private memory.desc weights(memory.format_tag order) {
    return OneDnn.plain(order, shape.outputs(), shape.inputs(), shape.kernel(), shape.kernel());
  }

  /** The operations for inputs of one size. */
  private final class Passes {
    private final OneDnn library = OneDnn.instance();
    private final long[] outputShape;
    private final memory.desc output;
    private final memory.desc anyWeights = weights(memory.format_tag.any);
    private final memory.desc plainWeights = weights(memory.format_tag.ohwi);
    private final long[] stride = {shape.stride(), shape.stride()};
    private final long[] padding = {shape.padding(), shape.padding()};

    /** The images in the order oneDNN likes, for the first layer only. */
    private final OneDnnOperation imagesReorder;

    private final OneDnnOperation weightsReorder;
    private final OneDnnOperation forward;
    private final OneDnnOperation weightGradient;
    private final OneDnnOperation weightGradientReorder;

    /** Null where the backward pass takes the weights in the order of the forward pass. */
    private final OneDnnOperation backwardWeightsReorder;

    /** Null for the first layer. */
    private final OneDnnOperation inputGradient;

    Passes(long[] sizes) {
      long height = shape.outputSize((int) sizes[2]);
      long width = shape.outputSize((int) sizes[3]);
      outputShape = library.shape(sizes[0], shape.outputs(), height, width);
      output = library.images(sizes[0], shape.outputs(), height, width);
      memory.desc wanted =
          shape.first()
              ? OneDnn.plain(memory.format_tag.any, sizes)
              : library.images(sizes[0], sizes[1], sizes[2], sizes[3]);
      convolution_forward.primitive_desc forwardPass =
          best(height, width, method -> forwardPass(method, wanted));
      memory.desc input = forwardPass.src_desc();
      memory weights = OneDnnOperation.allocate(forwardPass.weights_desc());
      weightsReorder = OneDnnOperation.reorder(plainWeights, weights);
      forward =
          new OneDnnOperation(new convolution_forward(forwardPass))
              .fixed(dnnl.DNNL_ARG_WEIGHTS, weights)
              .moving(dnnl.DNNL_ARG_DST, output);

      convolution_backward_weights.primitive_desc weightPass =
          best(height, width, method -> weightPass(method, input, forwardPass));
      memory gradient = OneDnnOperation.allocate(weightPass.diff_weights_desc());
      weightGradientReorder = OneDnnOperation.reorder(gradient, plainWeights);
      weightGradient =
          new OneDnnOperation(new convolution_backward_weights(weightPass))
              .fixed(dnnl.DNNL_ARG_DIFF_WEIGHTS, gradient)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output);

      if (shape.first()) {
        memory images = OneDnnOperation.allocate(input);
        imagesReorder =
            OneDnnOperation.reorder(OneDnn.plain(memory.format_tag.nhwc, sizes), images);
        forward.fixed(dnnl.DNNL_ARG_SRC, images);
        weightGradient.fixed(dnnl.DNNL_ARG_SRC, images);
        backwardWeightsReorder = null;
        inputGradient = null;
        return;
      }
      imagesReorder = null;
      forward.moving(dnnl.DNNL_ARG_SRC, input);
      weightGradient.moving(dnnl.DNNL_ARG_SRC, input);

      convolution_backward_data.primitive_desc inputPass =
          best(sizes[2], sizes[3], method -> inputPass(method, input, forwardPass));
      boolean sameOrder = inputPass.weights_desc().equals(forwardPass.weights_desc());
      memory backwardWeights =
          sameOrder ? weights : OneDnnOperation.allocate(inputPass.weights_desc());
      backwardWeightsReorder =
          sameOrder ? null : OneDnnOperation.reorder(plainWeights, backwardWeights);
      inputGradient =
          new OneDnnOperation(new convolution_backward_data(inputPass))
              .fixed(dnnl.DNNL_ARG_WEIGHTS, backwardWeights)
              .moving(dnnl.DNNL_ARG_DIFF_SRC, input)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output);
    }

    private convolution_forward.primitive_desc forwardPass(algorithm method, memory.desc input) {
      return new convolution_forward.primitive_desc(
          new convolution_forward.desc(
              prop_kind.forward_training,
              method,
              input,
              anyWeights,
              output,
              stride,
              padding,
              padding),
          library.processor);
    }

    private convolution_backward_weights.primitive_desc weightPass(
        algorithm method, memory.desc input, convolution_forward.primitive_desc forwardPass) {
      return new convolution_backward_weights.primitive_desc(
          new convolution_backward_weights.desc(
              method, input, anyWeights, output, stride, padding, padding),
          library.processor,
          forwardPass);
    }

    private convolution_backward_data.primitive_desc inputPass(
        algorithm method, memory.desc input, convolution_forward.primitive_desc forwardPass) {
      return new convolution_backward_data.primitive_desc(
          new convolution_backward_data.desc(
              method, input, anyWeights, output, stride, padding, padding),
          library.processor,
          forwardPass);
    }

    INDArray forward(INDArray input, INDArray weights, LayerWorkspaceMgr workspaces) {
      INDArray result =
          workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), outputShape, 'c');
      weightsReorder.at(dnnl.DNNL_ARG_FROM, weights).run();
      if (shape.first()) {
        imagesReorder.at(dnnl.DNNL_ARG_FROM, input).run();
      } else {
        forward.at(dnnl.DNNL_ARG_SRC, input);
      }
      forward.at(dnnl.DNNL_ARG_DST, result).run();
      return result;
    }

    void writeWeightGradient(INDArray input, INDArray outputGradient, INDArray target) {
      if (!shape.first()) {
        weightGradient.at(dnnl.DNNL_ARG_SRC, input);
      }
      weightGradient.at(dnnl.DNNL_ARG_DIFF_DST, outputGradient).run();
      weightGradientReorder.at(dnnl.DNNL_ARG_TO, target).run();
    }

    INDArray inputGradient(
        INDArray input, INDArray weights, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
      if (backwardWeightsReorder != null) {
        backwardWeightsReorder.at(dnnl.DNNL_ARG_FROM, weights).run();
      }
      INDArray gradient =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
      inputGradient
          .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
          .at(dnnl.DNNL_ARG_DIFF_SRC, gradient)
          .run();
      return gradient;
    }
  }
}

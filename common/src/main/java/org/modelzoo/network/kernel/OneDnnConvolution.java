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
  private final OneDnn library = OneDnn.instance();
  private final long[] stride;
  private final long[] padding;
  private final memory.desc anyWeights;
  private final memory.desc plainWeights;
  private final RecentShapes<Forward> forwards = new RecentShapes<>(Forward::new);

  OneDnnConvolution(ConvolutionShape shape) {
    this.shape = shape;
    stride = new long[] {shape.stride(), shape.stride()};
    padding = new long[] {shape.padding(), shape.padding()};
    anyWeights = weights(memory.format_tag.any);
    plainWeights = weights(memory.format_tag.ohwi);
  }

  private memory.desc weights(memory.format_tag order) {
    return OneDnn.plain(order, shape.outputs(), shape.inputs(), shape.kernel(), shape.kernel());
  }

  @Override
  public INDArray forward(INDArray input, INDArray weights, LayerWorkspaceMgr workspaces) {
    return forwards.of(sizes(input)).run(input, weights, workspaces);
  }

  @Override
  public INDArray backward(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray weightGradient,
      LayerWorkspaceMgr workspaces) {
    Backward backward = forwards.of(sizes(input)).backward();
    backward.writeWeightGradient(input, outputGradient, weightGradient);
    return shape.first()
        ? null
        : backward.inputGradient(input, weights, outputGradient, workspaces);
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

  private memory.desc output(long[] sizes) {
    return library.images(sizes[0], shape.outputs(), height(sizes), width(sizes));
  }

  private long height(long[] sizes) {
    return shape.outputSize((int) sizes[2]);
  }

  private long width(long[] sizes) {
    return shape.outputSize((int) sizes[3]);
  }

  /** The forward pass for inputs of one size. */
  private final class Forward {
    private final convolution_forward.primitive_desc description;
    private final long[] outputShape;
    private final memory weights;
    private final OneDnnOperation weightsReorder;

    /** For the first layer only: the images in the order oneDNN likes. */
    private final memory images;

    private final OneDnnOperation imagesReorder;
    private final OneDnnOperation operation;
    private final long[] sizes;

    /** Made when it is first asked for, as evaluation never does. */
    private Backward backward;

    Forward(long[] sizes) {
      this.sizes = sizes;
      long height = height(sizes);
      long width = width(sizes);
      outputShape = library.shape(sizes[0], shape.outputs(), height, width);
      memory.desc input =
          shape.first()
              ? OneDnn.plain(memory.format_tag.any, sizes)
              : library.images(sizes[0], sizes[1], sizes[2], sizes[3]);
      memory.desc output = output(sizes);
      description = best(height, width, method -> describe(method, input, output));
      weights = OneDnnOperation.allocate(description.weights_desc());
      weightsReorder = OneDnnOperation.reorder(plainWeights, weights);
      operation =
          new OneDnnOperation(new convolution_forward(description), description)
              .fixed(dnnl.DNNL_ARG_WEIGHTS, weights)
              .moving(dnnl.DNNL_ARG_DST, output);
      if (shape.first()) {
        memory.desc plain = OneDnn.plain(memory.format_tag.nhwc, sizes);
        images = OneDnnOperation.allocate(description.src_desc());
        imagesReorder = OneDnnOperation.reorder(plain, images);
        operation.fixed(dnnl.DNNL_ARG_SRC, images);
      } else {
        images = null;
        imagesReorder = null;
        operation.moving(dnnl.DNNL_ARG_SRC, input);
      }
    }

    Backward backward() {
      if (backward == null) {
        backward = new Backward(this, sizes);
      }
      return backward;
    }

    private convolution_forward.primitive_desc describe(
        algorithm method, memory.desc input, memory.desc output) {
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
          library.attributes,
          library.processor);
    }

    INDArray run(INDArray input, INDArray plain, LayerWorkspaceMgr workspaces) {
      INDArray result =
          workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), outputShape, 'c');
      weightsReorder.at(dnnl.DNNL_ARG_FROM, plain).run();
      if (shape.first()) {
        imagesReorder.at(dnnl.DNNL_ARG_FROM, input).run();
      } else {
        operation.at(dnnl.DNNL_ARG_SRC, input);
      }
      operation.at(dnnl.DNNL_ARG_DST, result).run();
      return result;
    }
  }

  /** The backward passes for inputs of one size; they use what the forward pass has reordered. */
  private final class Backward {
    private final OneDnnOperation weightGradient;
    private final OneDnnOperation weightGradientReorder;

    /** Of the first layer; null where it takes the images in the order of the forward pass. */
    private final OneDnnOperation imagesReorder;

    /** Null for the first layer. */
    private final OneDnnOperation inputGradient;

    /** Null where it takes the weights in the order of the forward pass. */
    private final OneDnnOperation weightsReorder;

    Backward(Forward forward, long[] sizes) {
      // Without vectors of 16, oneDNN has fast code for both passes only in different orders.
      memory.desc input =
          shape.first()
              ? OneDnn.plain(memory.format_tag.any, sizes)
              : forward.description.src_desc();
      memory.desc output = output(sizes);
      convolution_backward_weights.primitive_desc weightPass =
          best(
              height(sizes),
              width(sizes),
              method -> describeWeights(method, input, output, forward.description));
      memory gradient = OneDnnOperation.allocate(weightPass.diff_weights_desc());
      weightGradientReorder = OneDnnOperation.reorder(gradient, plainWeights);
      weightGradient =
          new OneDnnOperation(new convolution_backward_weights(weightPass), weightPass)
              .fixed(dnnl.DNNL_ARG_DIFF_WEIGHTS, gradient)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output);
      if (shape.first()) {
        boolean sameOrder = weightPass.src_desc().equals(forward.description.src_desc());
        memory images =
            sameOrder ? forward.images : OneDnnOperation.allocate(weightPass.src_desc());
        imagesReorder =
            sameOrder
                ? null
                : OneDnnOperation.reorder(forward.description.src_desc(), images)
                    .fixed(dnnl.DNNL_ARG_FROM, forward.images);
        weightGradient.fixed(dnnl.DNNL_ARG_SRC, images);
        weightsReorder = null;
        inputGradient = null;
        return;
      }
      imagesReorder = null;
      weightGradient.moving(dnnl.DNNL_ARG_SRC, input);

      convolution_backward_data.primitive_desc inputPass =
          best(
              sizes[2],
              sizes[3],
              method -> describeInput(method, input, output, forward.description));
      boolean sameOrder = inputPass.weights_desc().equals(forward.description.weights_desc());
      memory weights =
          sameOrder ? forward.weights : OneDnnOperation.allocate(inputPass.weights_desc());
      weightsReorder = sameOrder ? null : OneDnnOperation.reorder(plainWeights, weights);
      inputGradient =
          new OneDnnOperation(new convolution_backward_data(inputPass), inputPass)
              .fixed(dnnl.DNNL_ARG_WEIGHTS, weights)
              .moving(dnnl.DNNL_ARG_DIFF_SRC, input)
              .moving(dnnl.DNNL_ARG_DIFF_DST, output);
    }

    private convolution_backward_weights.primitive_desc describeWeights(
        algorithm method,
        memory.desc input,
        memory.desc output,
        convolution_forward.primitive_desc forward) {
      return new convolution_backward_weights.primitive_desc(
          new convolution_backward_weights.desc(
              method, input, anyWeights, output, stride, padding, padding),
          library.attributes,
          library.processor,
          forward);
    }

    private convolution_backward_data.primitive_desc describeInput(
        algorithm method,
        memory.desc input,
        memory.desc output,
        convolution_forward.primitive_desc forward) {
      return new convolution_backward_data.primitive_desc(
          new convolution_backward_data.desc(
              method, input, anyWeights, output, stride, padding, padding),
          library.attributes,
          library.processor,
          forward);
    }

    void writeWeightGradient(INDArray input, INDArray outputGradient, INDArray target) {
      if (!shape.first()) {
        weightGradient.at(dnnl.DNNL_ARG_SRC, input);
      } else if (imagesReorder != null) {
        imagesReorder.run();
      }
      weightGradient.at(dnnl.DNNL_ARG_DIFF_DST, outputGradient).run();
      weightGradientReorder.at(dnnl.DNNL_ARG_TO, target).run();
    }

    INDArray inputGradient(
        INDArray input, INDArray plain, INDArray outputGradient, LayerWorkspaceMgr workspaces) {
      if (weightsReorder != null) {
        weightsReorder.at(dnnl.DNNL_ARG_FROM, plain).run();
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

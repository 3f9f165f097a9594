package org.modelzoo.network.torch;

import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.modelzoo.network.kernel.ConvolutionShape;

/**
 * A square convolution without bias. Its weights, [outputs, height, width, inputs] in the flat
 * vector, are what libtorch calls [outputs, inputs, height, width] with channels last.
 */
final class TorchConvolution implements TorchLayer {
  private static final long[] ONES = {1, 1};
  private static final long[] NO_BIAS = {0};
  private static final long[] NO_PADDING = {0, 0};

  private final OwnedPointers lasting = new OwnedPointers();
  private final long[] stride;
  private final long[] padding;
  private final boolean first;
  private final Tensor value;
  private final Tensor working;
  private final Tensor gradient;
  private final TensorOptional none = lasting.keep(new TensorOptional());
  private final BoolPointer wanted = lasting.keep(new BoolPointer(3));
  private Tensor input;

  TorchConvolution(ConvolutionShape shape, Weights.Array weights) {
    this.stride = new long[] {shape.stride(), shape.stride()};
    this.padding = new long[] {shape.padding(), shape.padding()};
    this.first = shape.first();
    this.value = channelsLast(weights.value());
    this.working = channelsLast(weights.working());
    this.gradient = channelsLast(weights.gradient());
    wanted.put(0, !first).put(1, true).put(2, false);
  }

  private Tensor channelsLast(Tensor weights) {
    return weights == null ? null : lasting.keep(weights.permute(0, 3, 1, 2));
  }

  @Override
  public Tensor train(Tensor... inputs) {
    input = inputs[0];
    return convolve(input, working);
  }

  @Override
  public Tensor infer(Tensor... inputs) {
    return convolve(inputs[0], value);
  }

  private Tensor convolve(Tensor images, Tensor weights) {
    return torch.convolution(
        images, weights, none, stride, padding, ONES, false, NO_PADDING, /* groups= */ 1);
  }

  @Override
  public Tensor backward(Tensor outputGradient) {
    try (T_TensorTensorTensor_T gradients =
        torch.convolution_backward(
            outputGradient,
            input,
            working,
            NO_BIAS,
            stride,
            padding,
            ONES,
            false,
            NO_PADDING,
            /* groups= */ 1,
            wanted)) {
      input = null;
      gradient.copy_(gradients.get1());
      return first ? null : new Tensor(gradients.get0());
    }
  }

  @Override
  public void close() {
    lasting.close();
  }
}

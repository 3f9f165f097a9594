package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The maximum over square windows that do not overlap, a rest left out, then a rectifier. */
final class TorchMaximumPooling implements TorchLayer {
  private static final long[] NO_PADDING = {0, 0};
  private static final long[] ONES = {1, 1};

  private final OwnedPointers lasting = new OwnedPointers();
  private final Scalar zero = lasting.keep(new Scalar(0.0));
  private final long[] window;
  private Tensor input;
  private T_TensorTensor_T maxima;

  TorchMaximumPooling(int size) {
    this.window = new long[] {size, size};
  }

  @Override
  public Tensor train(Tensor... inputs) {
    input = inputs[0];
    maxima = pool(input);
    Tensor output = new Tensor(maxima.get0());
    output.relu_();
    return output;
  }

  @Override
  public Tensor infer(Tensor... inputs) {
    try (T_TensorTensor_T pooled = pool(inputs[0])) {
      Tensor output = new Tensor(pooled.get0());
      output.relu_();
      return output;
    }
  }

  private T_TensorTensor_T pool(Tensor images) {
    return torch.max_pool2d_with_indices(images, window, window, NO_PADDING, ONES, false);
  }

  @Override
  public Tensor backward(Tensor outputGradient) {
    try (Tensor passed = torch.threshold_backward(outputGradient, maxima.get0(), zero)) {
      Tensor gradient =
          torch.max_pool2d_with_indices_backward(
              passed, input, window, window, NO_PADDING, ONES, false, maxima.get1());
      maxima.close();
      maxima = null;
      input = null;
      return gradient;
    }
  }

  @Override
  public void close() {
    lasting.close();
  }
}

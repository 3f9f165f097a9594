package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Mean over all pixels, summed in the master type: [n, c, h, w] to [n, c, 1, 1]. */
final class TorchGlobalAveragePooling implements TorchLayer {
  private static final long[] PIXELS = {2, 3};

  private final Numbers numbers;
  private Tensor input;

  TorchGlobalAveragePooling(Numbers numbers) {
    this.numbers = numbers;
  }

  @Override
  public Tensor train(Tensor... inputs) {
    input = inputs[0];
    return infer(inputs);
  }

  @Override
  public Tensor infer(Tensor... inputs) {
    return torch.mean(inputs[0], PIXELS, true, new ScalarTypeOptional(numbers.master()));
  }

  @Override
  public Tensor backward(Tensor outputGradient) {
    double pixels = (double) input.size(2) * input.size(3);
    try (Scalar divisor = new Scalar(pixels);
        Tensor share = outputGradient.div(divisor);
        Tensor rounded = share.to(numbers.working());
        Tensor spread = rounded.expand_as(input)) {
      input = null;
      return spread.contiguous(MemoryFormat.ChannelsLast);
    }
  }
}

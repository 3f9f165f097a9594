package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Tensor;

/** The sum that ends a residual block. */
final class TorchSum implements TorchLayer {
  @Override
  public Tensor train(Tensor... inputs) {
    return infer(inputs);
  }

  @Override
  public Tensor infer(Tensor... inputs) {
    return inputs[0].add(inputs[1]);
  }

  @Override
  public Tensor backward(Tensor outputGradient) {
    return new Tensor(outputGradient);
  }
}

package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Stochastic gradient descent as PyTorch does it, over the flat vectors:
 *
 * <pre>
 *   g = ∇loss + weightDecay · p;   v = momentum · v + g;   p = p − learningRate · (g + momentum · v)
 * </pre>
 *
 * <p>Running statistics have no gradient and no decay, so they stay.
 */
final class Sgd implements AutoCloseable {
  private final OwnedPointers lasting = new OwnedPointers();
  private final Weights weights;

  /** v, [size] in the master type. */
  final Tensor velocity;

  /** [1], on the device, so that a captured step follows it. */
  private final Tensor rate;

  private final Tensor decay;
  private final Scalar momentum;
  private final Scalar minusOne = lasting.keep(new Scalar(-1.0));

  /**
   * @param momentum share of the velocity kept from step to step
   * @param weightDecay factor of the parameter added to its gradient
   */
  Sgd(Weights weights, double momentum, double weightDecay) {
    this.weights = weights;
    this.velocity = lasting.keep(torch.zeros_like(weights.values));
    this.rate = lasting.keep(torch.zeros_like(weights.values.narrow(0, 0, 1)));
    this.decay = weights.decay(weightDecay);
    this.momentum = lasting.keep(new Scalar(momentum));
  }

  /** Of the steps that follow. */
  void rate(double learningRate) {
    rate.fill_(new Scalar(learningRate));
  }

  /** Moves the parameters against the gradient, which is spoiled. */
  void step() {
    Tensor gradient = weights.gradient;
    gradient.addcmul_(weights.values, decay);
    velocity.mul_(momentum).add_(gradient);
    gradient.add_(velocity, momentum);
    weights.values.addcmul_(gradient, rate, minusOne);
  }

  @Override
  public void close() {
    lasting.close();
  }
}

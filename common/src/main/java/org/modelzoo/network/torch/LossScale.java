package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Dynamic scaling of the loss (Micikevicius et al., 2018) with the numbers of PyTorch's GradScaler,
 * all on the device: the gradient of the loss is scaled up so that float16 holds it; a step whose
 * gradient overflows is taken back and the scale is halved; after 2000 steps without, it is
 * doubled.
 */
final class LossScale implements AutoCloseable {
  private static final double FIRST = 65536;
  private static final double LARGEST = 0x1p100;
  private static final long PATIENCE = 2000;

  private final OwnedPointers lasting = new OwnedPointers();
  private final Weights weights;
  private final Tensor velocity;

  /** [1] in the master type. */
  private final Tensor scale;

  /** [1] int64: steps since the scale was changed. */
  private final Tensor steps;

  private final Tensor valuesBefore;
  private final Tensor velocityBefore;
  private final Scalar half = lasting.keep(new Scalar(0.5));
  private final Scalar two = lasting.keep(new Scalar(2.0));
  private final Scalar one = lasting.keep(new Scalar(1L));
  private final Scalar zero = lasting.keep(new Scalar(0L));
  private final Scalar patience = lasting.keep(new Scalar(PATIENCE));
  private final Scalar largest = lasting.keep(new Scalar(LARGEST));

  LossScale(Weights weights, Tensor velocity, Place place) {
    this.weights = weights;
    this.velocity = velocity;
    this.scale = lasting.keep(torch.full_like(weights.values.narrow(0, 0, 1), new Scalar(FIRST)));
    this.steps = lasting.keep(torch.zeros(new long[] {1}, place.options(ScalarType.Long)));
    this.valuesBefore = lasting.keep(torch.zeros_like(weights.values));
    this.velocityBefore = lasting.keep(torch.zeros_like(weights.values));
  }

  /** Remembers what a step may change. */
  void begin() {
    valuesBefore.copy_(weights.values);
    velocityBefore.copy_(velocity);
    weights.gradient.zero_();
  }

  /** Scales up the gradient with respect to the logits, in place. */
  void up(Tensor gradient) {
    gradient.mul_(scale);
  }

  /** Scales down the gradient of the parameters. Returns whether it overflowed, of one value. */
  Tensor down() {
    weights.gradient.div_(scale);
    return weights.gradient.isfinite().all().logical_not();
  }

  /** Takes the step back if it overflowed, and chooses the next scale. */
  void end(Tensor overflowed) {
    weights.values.copy_(torch.where(overflowed, valuesBefore, weights.values));
    velocity.copy_(torch.where(overflowed, velocityBefore, velocity));
    steps.add_(one).masked_fill_(overflowed, zero);
    Tensor grows = steps.ge(patience);
    Tensor grown = torch.where(grows, scale.mul(two), scale).clamp_max_(largest);
    scale.copy_(torch.where(overflowed, scale.mul(half), grown));
    steps.masked_fill_(grows, zero);
  }

  /** The scale of the moment; waits for the device. */
  double current() {
    return Vectors.read(scale)[0];
  }

  @Override
  public void close() {
    lasting.close();
  }
}

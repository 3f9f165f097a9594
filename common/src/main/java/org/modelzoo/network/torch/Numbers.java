package org.modelzoo.network.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;
import org.modelzoo.config.Precision;

/**
 * The types that a network computes with.
 *
 * @param master of parameters, momentum, loss, heads and the statistics of normalisation
 * @param working of images, convolutions and what passes between layers in a step
 * @param rounded whether convolutions on a card may round to tensor-float32
 */
record Numbers(ScalarType master, ScalarType working, boolean rounded) {
  /** For tests: rounding that hides a wrong formula is gone. */
  static final Numbers DOUBLE = new Numbers(ScalarType.Double, ScalarType.Double, false);

  static Numbers of(Precision precision) {
    ScalarType working =
        switch (precision) {
          case FLOAT32, TENSOR_FLOAT32 -> ScalarType.Float;
          case BFLOAT16 -> ScalarType.BFloat16;
          case FLOAT16 -> ScalarType.Half;
        };
    return new Numbers(ScalarType.Float, working, precision == Precision.TENSOR_FLOAT32);
  }

  /** Whether steps compute with another type than parameters are kept in. */
  boolean mixed() {
    return master != working;
  }

  /** Whether gradients are so likely to underflow that the loss is scaled up. */
  boolean scaled() {
    return working == ScalarType.Half;
  }
}

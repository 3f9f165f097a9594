package org.modelzoo.network.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * A vertex of a network at work. Images are [n, channels, height, width], channels last in memory.
 * Used by one thread at a time, within the {@link Place#enter scope} of its network.
 */
interface TorchLayer extends AutoCloseable {
  /** The output in training, for the caller to close; keeps what the way back needs. */
  Tensor train(Tensor... inputs);

  /** The output in prediction, in the master type, for the caller to close. */
  Tensor infer(Tensor... inputs);

  /**
   * Writes the gradients of the layer's arrays and frees what {@link #train} kept.
   *
   * @param gradient of the loss with respect to the output; the caller's
   * @return the same with respect to each input, for the caller to close; null if nobody needs it
   */
  Tensor backward(Tensor gradient);

  /** Frees what outlives a step. */
  @Override
  default void close() {}
}

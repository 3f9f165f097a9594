package org.modelzoo.network;

import java.util.Arrays;
import java.util.List;
import org.modelzoo.base.Seeds;

/**
 * A network on its device, with the state of its optimiser: stochastic gradient descent as PyTorch
 * does it, with Nesterov momentum (Sutskever et al., 2013, in PyTorch's form) and weight decay on
 * every trained parameter,
 *
 * <pre>
 *   g = ∇loss + weightDecay · p;   v = momentum · v + g;   p = p − learningRate · (g + momentum · v)
 * </pre>
 *
 * <p>Running statistics of the batch normalisation are moved by their layers' own rule. Runs on an
 * executor; not thread-safe: one thread per network.
 */
public interface Network extends AutoCloseable {
  /** Images to predict at once; more are no faster and take memory in every layer. */
  int PREDICTION_BATCH = 64;

  /**
   * One step on one batch. What it came to stays on the device until {@link #drain}.
   *
   * @param features NHWC pixels; the array may be longer than the batch
   * @param heads position of each image's task among the heads
   * @param labels class of each image within its task
   * @param size images in the batch
   */
  void step(float[] features, int[] heads, int[] labels, int size, double learningRate);

  /** What each of the steps since the last call came to; waits for the device. */
  List<StepResult> drain();

  /** Seeds the dropout of the steps that follow. The same seed drops the same values everywhere. */
  default void seedDropout(long seed) {
    long[] state = dropoutState();
    Arrays.setAll(state, layer -> Seeds.derive(seed, "dropout", layer));
    restoreDropout(state);
  }

  /** The state of each layer's generator of dropout, from input to output; alike in all engines. */
  long[] dropoutState();

  /** Continues dropout from there. */
  void restoreDropout(long[] state);

  /** Parameters and running statistics of the moment, flat, in the order of the model file. */
  float[] parameters();

  /** The velocity v of every parameter, in the order of the parameters. */
  float[] momentum();

  /**
   * Continues with these.
   *
   * @throws IllegalArgumentException when they belong to a network of another size
   */
  void restore(float[] parameters, float[] momentum);

  /**
   * Softmax over the columns of one head, with running statistics and without dropout.
   *
   * @param features NHWC pixels; the array may be longer than the batch
   * @param size images in the batch
   * @param head position of the task among the heads
   * @return [size, classes of the head], row major
   */
  float[] probabilities(float[] features, int size, int head);

  /**
   * A network for another thread over the same parameters, to predict with while nobody trains.
   * Closing it leaves the parameters.
   */
  Network twin();

  /** Frees everything on the device. */
  @Override
  void close();
}

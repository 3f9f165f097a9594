package org.modelzoo.network;

/**
 * Predicts with a trained network on several threads at once, all over the same parameters, which
 * nobody writes.
 *
 * <p>Thread-safe, except that nobody may predict while or after it is closed.
 */
public final class SharedPredictor implements AutoCloseable {
  private final Network owner;
  private final ThreadLocal<Network> ofThread;

  /** Takes the network over. */
  public SharedPredictor(Network network) {
    this.owner = network;
    this.ofThread = ThreadLocal.withInitial(network::twin);
  }

  /** As {@link Network#probabilities}. */
  public float[] probabilities(float[] features, int size, int head) {
    return ofThread.get().probabilities(features, size, head);
  }

  /** Frees the parameters; the rest goes with the threads, or when nobody holds this any more. */
  @Override
  public void close() {
    ofThread.remove();
    owner.close();
  }
}

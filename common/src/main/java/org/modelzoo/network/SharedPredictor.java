package org.modelzoo.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Predicts with a trained network on several threads at once. Each thread has a network of its own,
 * all over the same parameters, which nobody writes: layers keep what they prepared for one batch.
 *
 * <p>Thread-safe, except that nobody may predict while or after it is closed.
 */
public final class SharedPredictor implements AutoCloseable {
  private final ComputationGraph owner;
  private final ThreadLocal<Predictor> ofThread;

  /**
   * Takes the network over.
   *
   * @param graph of this specification
   */
  public SharedPredictor(ComputationGraph graph, NetworkSpec spec) {
    this.owner = graph;
    this.ofThread = ThreadLocal.withInitial(() -> over(graph.params(), spec));
  }

  private static Predictor over(INDArray parameters, NetworkSpec spec) {
    ComputationGraph graph = new ComputationGraph(Networks.configuration(spec));
    graph.init(parameters, /* cloneParametersArray= */ false);
    return new Predictor(graph, spec);
  }

  /** As {@link Predictor#probabilities}. */
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

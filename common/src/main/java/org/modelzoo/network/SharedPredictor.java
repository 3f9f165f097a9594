package org.modelzoo.network;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Predicts with a trained network on several threads at once. Each thread gets a network of its
 * own, all over the same parameters, which nobody writes; there are as many as predict at once, and
 * they are used again.
 *
 * <p>Thread-safe, except that nobody may predict while or after it is closed.
 */
public final class SharedPredictor implements AutoCloseable {
  private final NetworkSpec spec;
  private final ComputationGraph owner;
  private final INDArray parameters;
  private final Queue<Predictor> idle = new ConcurrentLinkedQueue<>();

  /**
   * Takes the network over.
   *
   * @param graph of this specification
   */
  public SharedPredictor(ComputationGraph graph, NetworkSpec spec) {
    this.spec = spec;
    this.owner = graph;
    this.parameters = graph.params();
    idle.add(new Predictor(graph, spec));
  }

  /** As {@link Predictor#probabilities}. */
  public float[] probabilities(float[] features, int size, int head) {
    Predictor free = idle.poll();
    Predictor predictor = free == null ? another() : free;
    try {
      return predictor.probabilities(features, size, head);
    } finally {
      idle.add(predictor);
    }
  }

  private Predictor another() {
    ComputationGraph graph = new ComputationGraph(Networks.configuration(spec));
    graph.init(parameters, /* cloneParametersArray= */ false);
    return new Predictor(graph, spec);
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    idle.clear();
    owner.close();
  }
}

package org.modelzoo.benchmark;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Networks;
import org.modelzoo.network.Predictor;

/** A member in evaluation on batches that lie ready: nothing but {@link Predictor}. */
final class EvaluationWork implements Work {
  private final ComputationGraph graph;
  private final Predictor predictor;
  private final List<Batch> batches;
  private int next;

  EvaluationWork(BenchmarkCase measured, List<Batch> batches, long seed) {
    this.graph = Networks.build(measured.network(), seed);
    this.predictor = new Predictor(graph, measured.network());
    this.batches = batches;
  }

  @Override
  public StepTime step() {
    Batch batch = batches.get(next++ % batches.size());
    long begin = System.nanoTime();
    var unused = predictor.probabilities(batch.features(), batch.size(), 0);
    return new StepTime(System.nanoTime() - begin, 0, 0);
  }

  @Override
  public void close() {
    graph.close();
  }
}

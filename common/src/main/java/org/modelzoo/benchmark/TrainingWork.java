package org.modelzoo.benchmark;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Networks;
import org.modelzoo.network.SgdTrainer;

/** A member in training on batches that lie ready: nothing but {@link SgdTrainer#step}. */
final class TrainingWork implements Work {
  private final ComputationGraph graph;
  private final SgdTrainer trainer;
  private final PhaseClock clock;
  private final List<Batch> batches;
  private final double learningRate;
  private int next;

  TrainingWork(BenchmarkCase measured, List<Batch> batches, long seed) {
    TrainingConfig training = ConfigLoader.load(List.of(), List.of()).values().training();
    this.graph = Networks.build(measured.network(), seed);
    this.trainer =
        new SgdTrainer(graph, measured.network(), training.momentum(), training.weightDecay());
    this.clock = PhaseClock.on(graph);
    this.batches = batches;
    this.learningRate = training.learningRate();
  }

  @Override
  public StepTime step() {
    Batch batch = batches.get(next++ % batches.size());
    long begin = System.nanoTime();
    var unused =
        trainer.step(batch.features(), batch.heads(), batch.labels(), batch.size(), learningRate);
    return clock.since(begin);
  }

  ComputationGraph graph() {
    return graph;
  }

  @Override
  public void close() {
    trainer.close();
    graph.close();
  }
}

package org.modelzoo.benchmark;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.Precision;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Network;
import org.modelzoo.network.Networks;
import org.modelzoo.network.dl4j.Dl4jEngine;
import org.modelzoo.network.dl4j.Dl4jNetwork;

/** A member in training on batches that lie ready: nothing but {@link Network#step}. */
final class TrainingWork implements Work {
  private final Dl4jNetwork network;
  private final PhaseClock clock;
  private final List<Batch> batches;
  private final double learningRate;
  private int next;

  TrainingWork(BenchmarkCase measured, List<Batch> batches, long seed) {
    TrainingConfig training = ConfigLoader.load(List.of(), List.of()).values().training();
    this.network =
        (Dl4jNetwork)
            new Dl4jEngine()
                .open(
                    measured.network(),
                    Networks.initialParameters(measured.network(), seed),
                    new Engine.Settings(
                        training.momentum(), training.weightDecay(), Precision.FLOAT32),
                    Device.processor(measured.threads()));
    this.clock = PhaseClock.on(network.graph());
    this.batches = batches;
    this.learningRate = training.learningRate();
  }

  @Override
  public StepTime step() {
    Batch batch = batches.get(next++ % batches.size());
    long begin = System.nanoTime();
    network.step(batch.features(), batch.heads(), batch.labels(), batch.size(), learningRate);
    var unused = network.drain();
    return clock.since(begin);
  }

  ComputationGraph graph() {
    return network.graph();
  }

  @Override
  public void close() {
    network.close();
  }
}

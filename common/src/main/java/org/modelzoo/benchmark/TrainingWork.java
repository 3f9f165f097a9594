package org.modelzoo.benchmark;

import java.util.List;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.TrainingConfig;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Network;
import org.modelzoo.network.Networks;
import org.modelzoo.network.dl4j.Dl4jNetwork;

/** A member in training on batches that lie ready: nothing but {@link Network#step}. */
final class TrainingWork implements Work {
  /** GPU kernels run asynchronously, so the clock stops once for this many steps. */
  private static final int STEPS_ON_CARDS = 20;

  private final Network network;
  private final List<Batch> batches;
  private final double learningRate;
  private final int stepsAtOnce;

  /** Null where the engine is not Deeplearning4j, which alone can be listened to. */
  private final PhaseClock clock;

  private int next;

  TrainingWork(BenchmarkCase measured, List<Batch> batches, long seed) {
    TrainingConfig training = ConfigLoader.load(List.of(), List.of()).values().training();
    this.network =
        measured
            .chosenEngine()
            .open(
                measured.network(),
                Networks.initialParameters(measured.network(), seed),
                new Engine.Settings(
                    training.momentum(), training.weightDecay(), measured.precision()),
                measured.device());
    this.stepsAtOnce = measured.device().isCard() ? STEPS_ON_CARDS : 1;
    this.clock =
        stepsAtOnce == 1 && network instanceof Dl4jNetwork graph
            ? PhaseClock.on(graph.graph())
            : null;
    this.batches = batches;
    this.learningRate = training.learningRate();
  }

  @Override
  public int stepsAtOnce() {
    return stepsAtOnce;
  }

  @Override
  public StepTime measure() {
    long begin = System.nanoTime();
    for (int step = 0; step < stepsAtOnce; step++) {
      Batch batch = batches.get(next++ % batches.size());
      network.step(batch.features(), batch.heads(), batch.labels(), batch.size(), learningRate);
    }
    var unused = network.drain();
    return clock == null
        ? new StepTime((System.nanoTime() - begin) / stepsAtOnce, null, null, null)
        : clock.since(begin);
  }

  Network network() {
    return network;
  }

  @Override
  public void close() {
    network.close();
  }
}

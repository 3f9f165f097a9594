package org.modelzoo.benchmark;

import java.util.List;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Network;
import org.modelzoo.network.Networks;

/** A member in evaluation on batches that lie ready: nothing but {@link Network#probabilities}. */
final class EvaluationWork implements Work {
  private final Network network;
  private final List<Batch> batches;
  private int next;

  EvaluationWork(BenchmarkCase measured, List<Batch> batches, long seed) {
    this.network =
        measured
            .chosenEngine()
            .open(
                measured.network(),
                Networks.initialParameters(measured.network(), seed),
                new Engine.Settings(0, 0, measured.precision()),
                measured.device());
    this.batches = batches;
  }

  @Override
  public StepTime measure() {
    Batch batch = batches.get(next++ % batches.size());
    long begin = System.nanoTime();
    var unused = network.probabilities(batch.features(), batch.size(), 0);
    long nanos = System.nanoTime() - begin;
    return new StepTime(nanos, nanos, null, null);
  }

  @Override
  public void close() {
    network.close();
  }
}

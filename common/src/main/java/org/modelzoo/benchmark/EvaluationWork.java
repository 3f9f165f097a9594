package org.modelzoo.benchmark;

import java.util.List;
import org.modelzoo.config.Precision;
import org.modelzoo.data.Batch;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engine;
import org.modelzoo.network.Network;
import org.modelzoo.network.Networks;
import org.modelzoo.network.dl4j.Dl4jEngine;

/** A member in evaluation on batches that lie ready: nothing but {@link Network#probabilities}. */
final class EvaluationWork implements Work {
  private final Network network;
  private final List<Batch> batches;
  private int next;

  EvaluationWork(BenchmarkCase measured, List<Batch> batches, long seed) {
    this.network =
        new Dl4jEngine()
            .open(
                measured.network(),
                Networks.initialParameters(measured.network(), seed),
                new Engine.Settings(0, 0, Precision.FLOAT32),
                Device.processor(measured.threads()));
    this.batches = batches;
  }

  @Override
  public StepTime step() {
    Batch batch = batches.get(next++ % batches.size());
    long begin = System.nanoTime();
    var unused = network.probabilities(batch.features(), batch.size(), 0);
    return new StepTime(System.nanoTime() - begin, 0, 0);
  }

  @Override
  public void close() {
    network.close();
  }
}

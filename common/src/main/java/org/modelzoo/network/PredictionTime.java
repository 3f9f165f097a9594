package org.modelzoo.network;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What a network takes for a single image on one thread of this machine. ND4J's thread settings are
 * process-wide: for a process that trains nothing beside it. Runs on the driver.
 */
public final class PredictionTime {
  private static final int WARM_UP = 50;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long SEED = 1;

  private PredictionTime() {}

  /** Median over two seconds, in milliseconds, once everything is loaded and compiled. */
  public static double milliseconds(NetworkSpec network) {
    NativeThreads.use(1);
    ComputationGraph graph = Networks.build(network, SEED);
    try {
      Predictor predictor = new Predictor(graph, network);
      float[] image = new float[network.input().size()];
      for (int i = 0; i < WARM_UP; i++) {
        var unused = nanos(predictor, image);
      }
      long end = System.nanoTime() + NANOS;
      long[] times = new long[1 << 16];
      int count = 0;
      do {
        times[count++] = nanos(predictor, image);
      } while (System.nanoTime() < end && count < times.length);
      Arrays.sort(times, 0, count);
      return times[count / 2] / 1e6;
    } finally {
      graph.close();
    }
  }

  private static long nanos(Predictor predictor, float[] image) {
    long begin = System.nanoTime();
    var unused = predictor.probabilities(image, 1, 0);
    return System.nanoTime() - begin;
  }
}

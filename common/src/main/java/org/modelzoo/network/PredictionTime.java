package org.modelzoo.network;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.Precision;

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
    Device device = Device.processor(1);
    Engine engine = Engines.choose(EngineChoice.AUTO, device, Precision.FLOAT32);
    try (Network predictor =
        engine.open(
            network,
            Networks.initialParameters(network, SEED),
            new Engine.Settings(0, 0, Precision.FLOAT32),
            device)) {
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
    }
  }

  private static long nanos(Network predictor, float[] image) {
    long begin = System.nanoTime();
    var unused = predictor.probabilities(image, 1, 0);
    return System.nanoTime() - begin;
  }
}

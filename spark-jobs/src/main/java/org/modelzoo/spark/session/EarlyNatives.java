package org.modelzoo.spark.session;

import org.apache.spark.SparkConf;
import org.modelzoo.network.NativeThreads;

/**
 * Loads the native libraries beside Spark's start where driver and executor are one process: each
 * takes seconds and one core. Runs on the driver.
 */
final class EarlyNatives {
  private EarlyNatives() {}

  /** Begins in the background, if members train in this process. */
  static void load(SparkConf conf) {
    if (!SparkApplication.isLocal(conf)) {
      return;
    }
    int threads = conf.getInt("spark.task.cpus", 1);
    Thread loader = new Thread(() -> loadNow(threads), "early-natives");
    loader.setDaemon(true);
    loader.start();
  }

  private static void loadNow(int threads) {
    try {
      NativeThreads.use(threads);
    } catch (RuntimeException | LinkageError e) {
      // The first member meets it again, and its failure is reported.
    }
  }
}

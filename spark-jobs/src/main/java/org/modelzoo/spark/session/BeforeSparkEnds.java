package org.modelzoo.spark.session;

import org.apache.hadoop.util.ShutdownHookManager;

/** Work that Ctrl-C ends in order, while its Spark session still lives. */
final class BeforeSparkEnds {
  /** Spark's own hooks come after it. */
  private static final int PRIORITY = 1000;

  private BeforeSparkEnds() {}

  /**
   * Does the work.
   *
   * @param stop ends it from another thread, and returns when it has ended
   */
  static void run(Runnable stop, Runnable work) {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(stop, PRIORITY);
    try {
      work.run();
    } finally {
      if (!hooks.isShutdownInProgress()) {
        hooks.removeShutdownHook(stop);
      }
    }
  }
}

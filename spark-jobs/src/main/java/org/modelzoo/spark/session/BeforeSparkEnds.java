package org.modelzoo.spark.session;

import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;

/** Work that Ctrl-C ends in order, while its Spark session still lives. */
public final class BeforeSparkEnds {
  /** Spark's own hooks come after it. */
  private static final int PRIORITY = 1000;

  private BeforeSparkEnds() {}

  /**
   * Does the work.
   *
   * @param stop ends it from another thread, and returns when it has ended
   */
  public static <T> T call(Runnable stop, Supplier<T> work) {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(stop, PRIORITY);
    try {
      return work.get();
    } finally {
      if (!hooks.isShutdownInProgress()) {
        hooks.removeShutdownHook(stop);
      }
    }
  }
}

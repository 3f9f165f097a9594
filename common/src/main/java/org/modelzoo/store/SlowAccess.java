package org.modelzoo.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says so when a file system takes long. The clients of stores wait by themselves, and silently,
 * for a store that throttles or is out of order for a while.
 */
final class SlowAccess {
  private static final Logger LOG = LoggerFactory.getLogger(SlowAccess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_NOTICES = Duration.ofSeconds(30);
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private SlowAccess() {}

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "slow-access");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /**
   * Does something with a file, and warns while that takes long.
   *
   * @param what such as {@code writing}
   */
  static <T> T watch(String what, Path path, RunDirectory.Access<T> access) throws IOException {
    long started = System.nanoTime();
    ScheduledFuture<?> notices =
        CLOCK.scheduleWithFixedDelay(
            () -> notice(what, path, started),
            PATIENCE.toMillis(),
            BETWEEN_NOTICES.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return access.run();
    } finally {
      notices.cancel(false);
    }
  }

  private static void notice(String what, Path path, long started) {
    LOG.warn(
        "{} {} has taken {} s so far; waiting for the file system",
        what,
        path,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
  }
}

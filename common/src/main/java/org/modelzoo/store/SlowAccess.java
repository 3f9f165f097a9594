package org.modelzoo.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says so when a file system takes long. The clients of stores wait by themselves, and silently,
 * for a store that throttles or is out of order for a while. All accesses share one clock, which
 * looks at them every second: an access costs nothing but a place in a set.
 */
final class SlowAccess {
  private static final Logger LOG = LoggerFactory.getLogger(SlowAccess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_NOTICES = Duration.ofSeconds(30);
  private static final Set<SlowAccess> UNDER_WAY = ConcurrentHashMap.newKeySet();

  static {
    Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "slow-access");
              thread.setDaemon(true);
              return thread;
            })
        .scheduleWithFixedDelay(SlowAccess::lookAtAll, 1, 1, TimeUnit.SECONDS);
  }

  private final String what;
  private final Path path;
  private final long started = System.nanoTime();

  /** Touched by the clock's thread alone. */
  private long noticeAfter = PATIENCE.toNanos();

  private SlowAccess(String what, Path path) {
    this.what = what;
    this.path = path;
  }

  /**
   * Does something with a file, and warns while that takes long.
   *
   * @param what such as {@code writing}
   */
  static <T> T watch(String what, Path path, RunDirectory.Access<T> access) throws IOException {
    SlowAccess watched = new SlowAccess(what, path);
    UNDER_WAY.add(watched);
    try {
      return access.run();
    } finally {
      UNDER_WAY.remove(watched);
    }
  }

  private static void lookAtAll() {
    UNDER_WAY.forEach(SlowAccess::look);
  }

  private void look() {
    long taken = System.nanoTime() - started;
    if (taken >= noticeAfter) {
      noticeAfter = taken + BETWEEN_NOTICES.toNanos();
      LOG.warn(
          "{} {} has taken {} s so far; waiting for the file system",
          what,
          path,
          TimeUnit.NANOSECONDS.toSeconds(taken));
    }
  }
}

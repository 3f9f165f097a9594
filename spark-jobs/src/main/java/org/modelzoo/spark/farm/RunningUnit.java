package org.modelzoo.spark.farm;

import java.time.Duration;

/**
 * A unit on an executor, one attempt of it.
 *
 * @param group Spark's job group, which names the attempt
 * @param executor Spark's id of the executor
 * @param startedNanos when it got its slot, by the driver's {@link System#nanoTime}
 */
record RunningUnit(String group, String executor, String host, long startedNanos) {
  Duration age(long nowNanos) {
    return Duration.ofNanos(nowNanos - startedNanos);
  }

  /** Where it runs, for a message. */
  String place() {
    return "executor %s on %s".formatted(executor, host);
  }
}

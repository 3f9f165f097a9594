package org.modelzoo.spark.farm;

import java.time.Duration;
import org.modelzoo.config.ClusterConfig;

/**
 * How long the farm waits for what.
 *
 * @param unitTime after which a unit counts as hung, by its time on an executor; zero for none
 * @param retries of a unit that hangs
 * @param idleTime how long units may wait while none of them runs; zero for ever
 */
public record FarmLimits(Duration unitTime, RetryPolicy retries, Duration idleTime) {
  /** Waits for ever, as measurements do that somebody watches. */
  public static final FarmLimits NONE =
      new FarmLimits(Duration.ZERO, new RetryPolicy(1), Duration.ZERO);

  /** The limits of a configuration. */
  public static FarmLimits of(ClusterConfig config) {
    return new FarmLimits(
        config.memberTimeLimit(),
        new RetryPolicy(config.memberAttempts()),
        config.executorTimeLimit());
  }
}

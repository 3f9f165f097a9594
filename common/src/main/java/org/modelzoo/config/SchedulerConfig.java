package org.modelzoo.config;

import java.io.Serializable;

/**
 * How far each trial of a search is trained.
 *
 * @param promotion asha: whether trials that may not go on at once wait to be promoted
 * @param gracePeriod epochs of the first rung; for MEDIAN, epochs between two looks
 * @param reductionFactor asha, hyperband: one trial in so many is promoted
 * @param brackets asha: bracket s starts at rung s
 * @param startupTrials median: trials completed before the first one is stopped
 */
public record SchedulerConfig(
    Method method,
    Promotion promotion,
    int gracePeriod,
    int reductionFactor,
    int brackets,
    int startupTrials)
    implements Serializable {

  /** The rule by which trials go on. */
  public enum Method {
    NONE,
    ASHA,
    HYPERBAND,
    MEDIAN
  }

  /** What happens to a trial of ASHA at the end of a rung. */
  public enum Promotion {
    /** It pauses, and is promoted as soon as it is among the best of the rung, however late. */
    PAUSE,
    /** It goes on at once, or never. */
    STOP
  }
}

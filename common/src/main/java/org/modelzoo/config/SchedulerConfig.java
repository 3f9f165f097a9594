package org.modelzoo.config;

import java.io.Serializable;

/**
 * How far each trial of a search is trained.
 *
 * @param gracePeriod epochs of the first rung; for MEDIAN, epochs between two looks
 * @param reductionFactor asha, hyperband: one trial in so many is promoted
 * @param brackets asha: bracket s starts at rung s
 * @param startupTrials median: trials completed before the first one is stopped
 */
public record SchedulerConfig(
    Method method, int gracePeriod, int reductionFactor, int brackets, int startupTrials)
    implements Serializable {

  /** The rule by which trials go on. */
  public enum Method {
    NONE,
    ASHA,
    HYPERBAND,
    MEDIAN
  }
}

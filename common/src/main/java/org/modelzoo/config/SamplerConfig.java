package org.modelzoo.config;

import java.io.Serializable;

/**
 * Where the values of trials come from.
 *
 * @param gridPoints grid: values taken of every interval
 * @param startupTrials tpe: random trials before the first estimate
 * @param candidates tpe: draws of which the best is taken
 * @param initialStep one-plus-one: first standard deviation, in shares of each interval
 */
public record SamplerConfig(
    Method method, int gridPoints, int startupTrials, int candidates, double initialStep)
    implements Serializable {

  /** The way of proposing values. */
  public enum Method {
    TPE,
    ONE_PLUS_ONE,
    QUASI_RANDOM,
    RANDOM,
    GRID
  }
}

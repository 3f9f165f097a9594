package org.modelzoo.spark.event;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.search.TrialState;

/**
 * How far a search is.
 *
 * @param trials by state; all states are there
 * @param limit how many trials may be started
 * @param rungs that ended since the program was started
 * @param best the best value so far with its trial; empty while there is none
 * @param imagesPerSecond of all trials since the program was started
 * @param left time, at the pace so far
 */
public record StudyProgress(
    Map<TrialState, Integer> trials,
    int limit,
    int rungs,
    String best,
    double imagesPerSecond,
    Optional<Duration> left) {
  /** How many trials were started. */
  public int started() {
    return trials.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** In parentheses, behind what happened. */
  @Override
  public String toString() {
    return "(%,d of %,d trials%s, ETA %s)"
        .formatted(started(), limit, best.isEmpty() ? "" : ", best " + best, Eta.text(left));
  }
}

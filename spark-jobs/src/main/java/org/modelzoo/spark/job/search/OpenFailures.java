package org.modelzoo.spark.job.search;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.farm.RetryPolicy;

/**
 * Rungs that ended with an error: tried again, or open until another rung succeeds, by the {@link
 * RetryPolicy}. Lives on the driver; one thread.
 */
final class OpenFailures {
  private final RetryPolicy retries;
  private final Map<Integer, Integer> failures = new HashMap<>();
  private final Map<Trial, ModelZooException> open = new LinkedHashMap<>();
  private boolean anySucceeded;

  /**
   * @param attempts how often a rung is started, and how many trials may be open
   */
  OpenFailures(int attempts) {
    this.retries = new RetryPolicy(attempts);
  }

  /**
   * A rung failed.
   *
   * @return whether to try it again; if not, it is open
   * @throws ModelZooException the error of the first of the open ones, where it is the cluster
   */
  boolean recordFailure(Trial trial, ModelZooException error) {
    int failed = failures.merge(trial.number(), 1, Integer::sum);
    if (retries.retries(error, failed)) {
      return true;
    }
    open.put(trial, error);
    if (retries.isExhausted(open.size())) {
      throw open.values().iterator().next();
    }
    return false;
  }

  /** A rung succeeded; those that are open have failed by themselves, then. */
  Map<Trial, ModelZooException> succeeded(Trial trial) {
    anySucceeded = true;
    failures.remove(trial.number());
    return settled();
  }

  /**
   * There is nothing else to do.
   *
   * @return those that have failed by themselves
   * @throws ModelZooException the error of the first of the open ones, if no rung ever succeeded
   */
  Map<Trial, ModelZooException> ended() {
    if (!anySucceeded && !open.isEmpty()) {
      throw open.values().iterator().next();
    }
    return settled();
  }

  private Map<Trial, ModelZooException> settled() {
    Map<Trial, ModelZooException> failed = new LinkedHashMap<>(open);
    List.copyOf(open.keySet()).forEach(trial -> failures.remove(trial.number()));
    open.clear();
    return failed;
  }
}

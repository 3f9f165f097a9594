package org.modelzoo.search;

import java.util.Map;
import org.modelzoo.search.scheduler.Work;

/**
 * Work to do: train a trial up to a resource. Where a checkpoint of the trial is at hand, the
 * training continues from it; where there is none, it begins anew.
 *
 * @param parameters the active ones, from name to value
 * @param attempt 1-based; above 1 where the rung was interrupted before
 */
public record Assignment(Work work, Map<String, Object> parameters, int attempt) {
  /** The trial's number, 0-based. */
  public int trial() {
    return work.trial();
  }

  /** The resource up to which it is to be trained. */
  public int resource() {
    return work.to();
  }
}

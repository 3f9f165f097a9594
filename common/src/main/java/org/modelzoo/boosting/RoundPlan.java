package org.modelzoo.boosting;

import java.io.Serializable;
import java.util.List;

/**
 * What one round trains.
 *
 * @param round 0-based
 * @param weights the weights w that the tasks were drawn by, one per task of the experiment; 1 for
 *     every task where nothing was drawn by loss, and for tasks whose loss was not known yet
 * @param members trained in parallel, none depending on another
 */
public record RoundPlan(int round, List<Double> weights, List<MemberTasks> members)
    implements Serializable {
  public RoundPlan {
    weights = List.copyOf(weights);
    members = List.copyOf(members);
  }
}

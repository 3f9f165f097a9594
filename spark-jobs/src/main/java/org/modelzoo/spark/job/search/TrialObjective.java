package org.modelzoo.spark.job.search;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.modelzoo.config.SearchConfig.Objective;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.training.TaskScore;

/** What trials are compared by: the mean over the tasks. */
final class TrialObjective {
  private TrialObjective() {}

  /** The images that it is measured on. */
  static Split split(Objective objective) {
    return objective == Objective.TEST ? Split.TEST : Split.VALIDATION;
  }

  static double mean(Objective objective, List<TaskScore> scores) {
    ToDoubleFunction<TaskScore> measure =
        objective == Objective.VALIDATION_LOSS ? TaskScore::loss : TaskScore::accuracy;
    return scores.stream().mapToDouble(measure).average().orElseThrow();
  }
}

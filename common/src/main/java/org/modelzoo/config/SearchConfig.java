package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A search of hyper-parameters: trials of one experiment with other values of some keys.
 *
 * @param trials how many may be started, the known ones among them
 * @param objective what is optimised
 * @param sampler where the trials' values come from
 * @param scheduler how far each trial is trained
 * @param budgetSeconds of wall time, after which no work is started; 0: no limit
 * @param budgetImages training images over all trials, after which no work is started; 0: no limit
 * @param target an objective that ends the study; NaN where there is none
 * @param trialSeconds a trial's training may take, over all its rungs; 0: no limit
 * @param attempts how often a rung is started that ends for reasons of the cluster
 * @param queue known trials, each from key to value, run first
 * @param space the keys that are searched; empty where nothing is searched
 */
public record SearchConfig(
    int trials,
    Objective objective,
    SamplerConfig sampler,
    SchedulerConfig scheduler,
    long budgetSeconds,
    long budgetImages,
    double target,
    long trialSeconds,
    int attempts,
    List<Map<String, Object>> queue,
    List<ParameterConfig> space)
    implements Serializable {
  public SearchConfig {
    queue = List.copyOf(queue);
    space = List.copyOf(space);
  }

  /** The target, where there is one. */
  public OptionalDouble targetIfAny() {
    return Double.isNaN(target) ? OptionalDouble.empty() : OptionalDouble.of(target);
  }

  /** What somebody who starts this search should be told. */
  public List<String> warnings() {
    return objective == Objective.TEST
        ? List.of(
            "search.objective = test chooses by the test images: the winner's test accuracy is no"
                + " fair estimate; use validation-accuracy for one")
        : List.of();
  }

  /** What is optimised; each is the mean over the tasks. */
  public enum Objective {
    /** Minimised. */
    VALIDATION_LOSS,
    /** Maximised. */
    VALIDATION_ACCURACY,
    /** Test accuracy, maximised: as the original did, and no fair estimate of the winner. */
    TEST;

    /** Whether larger values are better. */
    public boolean isMaximised() {
      return this != VALIDATION_LOSS;
    }
  }
}

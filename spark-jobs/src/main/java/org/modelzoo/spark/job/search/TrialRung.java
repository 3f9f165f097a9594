package org.modelzoo.spark.job.search;

import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.TrialResource;
import org.modelzoo.search.Assignment;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialConfiguration;

/**
 * A trial's training from one resource to another, with its configuration. Made on the driver.
 *
 * @param before the trial with the rungs behind it
 * @param from epochs or rounds behind it
 * @param until those at the end; the trial's own last one where the scheduler lets it go all the
 *     way, since a trial may have another number of them
 */
record TrialRung(Assignment assignment, Trial before, LoadedConfig config, int from, int until) {
  /**
   * The rung of an assignment.
   *
   * @throws org.modelzoo.base.ModelZooException (configuration) if the trial's values break the
   *     rules
   */
  static TrialRung of(LoadedConfig experiment, Assignment assignment, Trial before) {
    LoadedConfig config = TrialConfiguration.of(experiment, assignment.parameters());
    boolean whole = assignment.resource() == TrialResource.of(experiment.values()).maximum();
    return new TrialRung(
        assignment,
        before,
        config,
        assignment.work().from(),
        whole ? TrialResource.of(config.values()).maximum() : assignment.resource());
  }

  /** Names the trial and its directory. */
  String trialName() {
    return Trial.name(assignment.trial());
  }

  /** The study's name, which every trial's configuration keeps. */
  String study() {
    return config.values().experiment().name();
  }

  Method method() {
    return config.values().experiment().method();
  }

  /** Names this try of the rung within the search. */
  String name() {
    String name = "%s rung %d".formatted(trialName(), assignment.work().rung() + 1);
    return assignment.attempt() == 1 ? name : name + " attempt " + assignment.attempt();
  }
}

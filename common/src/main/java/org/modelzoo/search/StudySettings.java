package org.modelzoo.search;

import org.modelzoo.config.SearchConfig;
import org.modelzoo.search.sampler.Sampler;
import org.modelzoo.search.sampler.Samplers;
import org.modelzoo.search.scheduler.SchedulerSettings;
import org.modelzoo.search.space.ConfiguredSpace;

/** What a study is: all but its results. */
public record StudySettings(
    Sampler sampler, SchedulerSettings scheduler, Direction direction, StudyLimits limits) {

  /**
   * The configured study.
   *
   * @param seed of the experiment
   * @param maximum resource of a trial, {@code training.epochs}
   */
  public static StudySettings of(SearchConfig config, long seed, int maximum) {
    Double target = config.targetIfAny().isPresent() ? (Double) config.target() : null;
    return new StudySettings(
        Samplers.of(config.sampler(), ConfiguredSpace.of(config.space()), seed),
        SchedulerSettings.of(config.scheduler(), maximum),
        config.objective().isMaximised() ? Direction.MAXIMISE : Direction.MINIMISE,
        new StudyLimits(config.trials(), config.budgetSeconds(), config.budgetImages(), target));
  }

  /** What may not change while a study goes on: all but its limits. */
  String identity() {
    return sampler + ", " + scheduler + ", " + direction;
  }
}

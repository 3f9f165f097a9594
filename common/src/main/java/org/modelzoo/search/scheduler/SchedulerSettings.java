package org.modelzoo.search.scheduler;

import java.util.List;
import org.modelzoo.config.SchedulerConfig;

/** A scheduler's settings, of which schedulers in their first state are made. */
public sealed interface SchedulerSettings {
  /** A new scheduler. */
  Scheduler start();

  /** The resources at which rungs end, ascending. */
  List<Integer> resources();

  /**
   * The configured scheduler.
   *
   * @param maximum resource R of a trial, {@code training.epochs}
   */
  static SchedulerSettings of(SchedulerConfig config, int maximum) {
    return switch (config.method()) {
      case NONE -> new FullTraining(maximum);
      case ASHA ->
          switch (config.promotion()) {
            case PAUSE ->
                new Asha(
                    config.gracePeriod(), config.reductionFactor(), maximum, config.brackets());
            case STOP ->
                new StoppingAsha(
                    config.gracePeriod(), config.reductionFactor(), maximum, config.brackets());
          };
      case HYPERBAND -> new Hyperband(config.gracePeriod(), config.reductionFactor(), maximum);
      case MEDIAN -> new MedianStopping(config.gracePeriod(), maximum, config.startupTrials());
    };
  }

  /**
   * Every trial goes all the way.
   *
   * @param maximum resource R
   */
  record FullTraining(int maximum) implements SchedulerSettings {
    public FullTraining {
      require(1, maximum);
    }

    @Override
    public Scheduler start() {
      return new FullTrainingScheduler(maximum);
    }

    @Override
    public List<Integer> resources() {
      return List.of(maximum);
    }
  }

  /**
   * Asynchronous successive halving.
   *
   * @param gracePeriod resource r of the first rung
   * @param reductionFactor η, of which one trial is promoted
   * @param maximum resource R
   * @param brackets 1: all trials start at the first rung
   */
  record Asha(int gracePeriod, int reductionFactor, int maximum, int brackets)
      implements SchedulerSettings {
    public Asha {
      requireBrackets(gracePeriod, reductionFactor, maximum, brackets);
    }

    @Override
    public Scheduler start() {
      return new AshaScheduler(ladder(), reductionFactor, brackets);
    }

    private Ladder ladder() {
      return Ladder.geometric(gracePeriod, reductionFactor, maximum);
    }

    @Override
    public List<Integer> resources() {
      return ladder().resources();
    }
  }

  /**
   * Asynchronous successive halving by stopping, Ray Tune's.
   *
   * @param gracePeriod resource r of the first rung
   * @param reductionFactor η, of which about one trial goes on
   * @param maximum resource R
   * @param brackets 1: all trials start at the first rung
   */
  record StoppingAsha(int gracePeriod, int reductionFactor, int maximum, int brackets)
      implements SchedulerSettings {
    public StoppingAsha {
      requireBrackets(gracePeriod, reductionFactor, maximum, brackets);
    }

    @Override
    public Scheduler start() {
      return new StoppingAshaScheduler(ladder(), reductionFactor, brackets);
    }

    private Ladder ladder() {
      return Ladder.geometric(gracePeriod, reductionFactor, maximum);
    }

    @Override
    public List<Integer> resources() {
      return ladder().resources();
    }
  }

  /**
   * Hyperband with synchronous brackets.
   *
   * @param gracePeriod smallest resource r
   * @param reductionFactor η
   * @param maximum resource R
   */
  record Hyperband(int gracePeriod, int reductionFactor, int maximum) implements SchedulerSettings {
    public Hyperband {
      require(gracePeriod, maximum);
      requireReduction(reductionFactor);
    }

    @Override
    public Scheduler start() {
      return new HyperbandScheduler(ladder(), reductionFactor);
    }

    private Ladder ladder() {
      return Ladder.geometric(gracePeriod, reductionFactor, maximum);
    }

    @Override
    public List<Integer> resources() {
      return ladder().resources();
    }
  }

  /**
   * Median stopping.
   *
   * @param interval resource between two looks
   * @param maximum resource R
   * @param startupTrials completed before the first one is stopped
   */
  record MedianStopping(int interval, int maximum, int startupTrials) implements SchedulerSettings {
    public MedianStopping {
      require(interval, maximum);
    }

    @Override
    public Scheduler start() {
      return new MedianScheduler(ladder(), startupTrials);
    }

    private Ladder ladder() {
      return Ladder.even(interval, maximum);
    }

    @Override
    public List<Integer> resources() {
      return ladder().resources();
    }
  }

  private static void require(int first, int maximum) {
    if (first < 1 || first > maximum) {
      throw new IllegalArgumentException("a first rung at " + first + " of " + maximum);
    }
  }

  private static void requireBrackets(
      int gracePeriod, int reductionFactor, int maximum, int brackets) {
    require(gracePeriod, maximum);
    requireReduction(reductionFactor);
    int rungs = Ladder.geometric(gracePeriod, reductionFactor, maximum).resources().size();
    if (brackets < 1 || brackets > rungs) {
      throw new IllegalArgumentException(brackets + " brackets on " + rungs + " rungs");
    }
  }

  private static void requireReduction(int reductionFactor) {
    if (reductionFactor < 2) {
      throw new IllegalArgumentException("a reduction factor of " + reductionFactor);
    }
  }
}

package org.modelzoo.benchmark.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.config.SchedulerConfig.Promotion;
import org.modelzoo.search.Direction;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyLimits;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.Trial;
import org.modelzoo.search.TrialState;
import org.modelzoo.search.sampler.RandomSampler;
import org.modelzoo.search.scheduler.SchedulerSettings;

/**
 * ASHA against random search on invented learning curves, with the original's settings: 81 trials,
 * grace period 2, reduction factor 3, one bracket, four trials at once. Both draw the same trials.
 * ASHA goes on with further ones until it has a fully trained trial that is as good as the best of
 * random search, or has used up what random search used.
 */
public final class HalvingComparison {
  private static final int TRIALS = 81;
  private static final int EPOCHS = 100;
  private static final int GRACE_PERIOD = 2;
  private static final int REDUCTION_FACTOR = 3;
  private static final int WORKERS = 4;

  /**
   * One seed.
   *
   * @param promotion ASHA's
   * @param best loss of random search after all its epochs
   * @param epochs of random search
   * @param epochsToBest of ASHA when it had a completed trial as good; those of random search where
   *     it had none by then
   * @param reached whether it had one
   */
  public record Halving(
      long seed,
      Promotion promotion,
      double best,
      long epochs,
      long epochsToBest,
      boolean reached) {
    /** ASHA's share of random search's epochs. */
    public double share() {
      return (double) epochsToBest / epochs;
    }
  }

  private record Running(double end, Trial trial) {}

  private final long seed;

  private HalvingComparison(long seed) {
    this.seed = seed;
  }

  /** The comparison for one seed. */
  public static Halving run(long seed, Promotion promotion) {
    HalvingComparison comparison = new HalvingComparison(seed);
    long epochs = (long) TRIALS * EPOCHS;
    Study random =
        comparison.search(new SchedulerSettings.FullTraining(EPOCHS), StudyLimits.ofTrials(TRIALS));
    double best = random.best().flatMap(HalvingComparison::value).orElseThrow();
    // A study counts images; here an epoch is one.
    Study asha =
        comparison.search(
            asha(promotion), StudyLimits.ofTrials(Integer.MAX_VALUE).withImages(epochs), best);
    boolean reached = isReached(asha, best);
    return new Halving(seed, promotion, best, epochs, reached ? asha.images() : epochs, reached);
  }

  private static SchedulerSettings asha(Promotion promotion) {
    return switch (promotion) {
      case PAUSE -> new SchedulerSettings.Asha(GRACE_PERIOD, REDUCTION_FACTOR, EPOCHS, 1);
      case STOP -> new SchedulerSettings.StoppingAsha(GRACE_PERIOD, REDUCTION_FACTOR, EPOCHS, 1);
    };
  }

  private Study search(SchedulerSettings scheduler, StudyLimits limits) {
    return search(scheduler, limits, Double.NEGATIVE_INFINITY);
  }

  /** Runs a study on workers that need one unit of time for an epoch. */
  private Study search(SchedulerSettings scheduler, StudyLimits limits, double goal) {
    StudySettings settings =
        new StudySettings(
            new RandomSampler(LearningCurve.space(), seed), scheduler, Direction.MINIMISE, limits);
    Study study = Study.open(settings, List.of(), new SteadyClock(), event -> {});
    PriorityQueue<Running> running =
        new PriorityQueue<>(
            Comparator.comparing(Running::end).thenComparing(it -> it.trial().number()));
    double now = 0;
    while (true) {
      Optional<Trial> trial = running.size() < WORKERS ? study.ask() : Optional.empty();
      if (trial.isPresent()) {
        running.add(new Running(now + epochs(trial.get()), trial.get()));
      } else if (running.isEmpty()) {
        return study;
      } else {
        Running next = running.remove();
        now = next.end();
        double loss = tell(study, next.trial());
        if (next.trial().rung().to() == EPOCHS && loss <= goal) {
          return study;
        }
      }
    }
  }

  private static int epochs(Trial trial) {
    return trial.rung().to() - trial.rung().from();
  }

  private double tell(Study study, Trial trial) {
    double loss = LearningCurve.loss(trial.parameters(), trial.rung().to(), seed, trial.number());
    study.tell(trial, RungOutcome.finished(loss, epochs(trial), 0));
    return loss;
  }

  private static boolean isReached(Study study, double best) {
    return study.trials().stream()
        .filter(trial -> trial.state() == TrialState.COMPLETED)
        .anyMatch(trial -> value(trial).orElseThrow() <= best);
  }

  private static Optional<Double> value(Trial trial) {
    return trial.value().isPresent() ? Optional.of(trial.value().getAsDouble()) : Optional.empty();
  }
}

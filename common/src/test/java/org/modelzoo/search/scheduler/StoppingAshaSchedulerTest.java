package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.junit.jupiter.api.Test;

class StoppingAshaSchedulerTest extends SchedulerContract {
  private static final int ETA = 3;

  @Override
  Scheduler scheduler() {
    return new SchedulerSettings.StoppingAsha(2, ETA, MAXIMUM, 1).start();
  }

  /** The example in the documentation of Ray's scheduler, whose rewards are negative losses. */
  @Test
  void theCutoffIsRays() {
    Scheduler scheduler = new SchedulerSettings.StoppingAsha(1, 2, 10, 1).start();

    assertThat(goesOn(scheduler, 0, -2)).as("nothing to compare with").isTrue();
    assertThat(goesOn(scheduler, 1, -4)).as("cutoff 2").isTrue();
    assertThat(goesOn(scheduler, 2, -1)).as("cutoff 3").isFalse();
    assertThat(goesOn(scheduler, 3, -1.9)).as("cutoff 2").isFalse();
    // Of 1, 1.9, 2 and 4 the median is 1.95, between two of them.
    assertThat(goesOn(scheduler, 4, -1.94)).isFalse();
    // Of 1, 1.9, 1.94, 2 and 4 it is 1.94 itself.
    assertThat(goesOn(scheduler, 5, -1.94)).isTrue();
  }

  private static boolean goesOn(Scheduler scheduler, int trial, double loss) {
    Rung rung = new Rung(trial, 0, 0, 1);
    List<Rung> climbing = new ArrayList<>();
    // Trials that may go on come first.
    while (scheduler.next(trial + 1) instanceof Decision.Run run) {
      if (run.rung().equals(rung)) {
        break;
      }
      climbing.add(run.rung());
    }
    climbing.forEach(it -> scheduler.report(it, OptionalDouble.empty()));
    scheduler.report(rung, OptionalDouble.of(loss));
    return scheduler.mayResume(trial);
  }

  /**
   * Ray's rule written out: a trial is stopped where its reward is below the percentile of those
   * recorded before, which a library interpolates as numpy does, and is recorded then. A margin
   * keeps the percentile's rounding from deciding where the reward is the cutoff itself.
   */
  @Property(tries = 300)
  void aTrialGoesOnAtOnceIfAndOnlyIfRayWouldLetIt(
      @ForAll @IntRange(min = 1, max = 80) int trials,
      @ForAll @IntRange(min = 1, max = 9) int slots,
      @ForAll long order,
      @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), slots, order, results).run(trials);
    Percentile percentile =
        new Percentile((1 - 1.0 / ETA) * 100).withEstimationType(EstimationType.R_7);
    Map<Integer, List<Double>> recorded = new HashMap<>();
    List<Integer> toGoOn = new ArrayList<>();
    for (Simulation.Step step : simulation.steps) {
      if (step instanceof Simulation.Step.Start start) {
        if (start.rung().from() > 0) {
          assertThat(toGoOn.remove(0)).isEqualTo(start.rung().trial());
        } else {
          assertThat(toGoOn).as("no new trial starts before those that go on").isEmpty();
        }
      } else if (step instanceof Simulation.Step.End end
          && end.rung().to() < MAXIMUM
          && Double.isFinite(end.loss().orElse(Double.NaN))) {
        double reward = -end.loss().getAsDouble();
        List<Double> rewards =
            recorded.computeIfAbsent(end.rung().number(), number -> new ArrayList<>());
        double[] before = rewards.stream().mapToDouble(Double::doubleValue).toArray();
        boolean stopped = before.length > 0 && reward < percentile.evaluate(before) - 1e-9;
        if (!stopped) {
          toGoOn.add(end.rung().trial());
        }
        rewards.add(reward);
      }
    }
    assertThat(toGoOn).isEmpty();
  }

  /** Whoever comes early has few to be compared with: more trials climb than by promotion. */
  @Property(tries = 100)
  void workIsBelowFullTraining(@ForAll long order, @ForAll long results) {
    int work =
        new Simulation(scheduler(), 4, order, results)
            .run(81).rungs().stream().mapToInt(rung -> rung.to() - rung.from()).sum();

    assertThat(work).isLessThan(81 * MAXIMUM * 2 / 3);
  }

  @Test
  void rungsAndBracketsAreThoseOfAsha() {
    SchedulerSettings one = new SchedulerSettings.StoppingAsha(2, ETA, MAXIMUM, 1);
    Scheduler two = new SchedulerSettings.StoppingAsha(2, ETA, MAXIMUM, 2).start();
    List<Rung> first =
        new Simulation(two, 1, 1, 1)
            .run(50).rungs().stream().filter(rung -> rung.from() == 0).toList();

    assertThat(one.resources()).containsExactly(2, 6, 18, 20);
    assertThat(first).filteredOn(rung -> rung.to() == 2).hasSize(30);
    assertThat(first).filteredOn(rung -> rung.to() == 6).hasSize(20);
  }

  @Test
  void whatMakesNoLadderIsRefused() {
    assertThatThrownBy(() -> new SchedulerSettings.StoppingAsha(21, 3, 20, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SchedulerSettings.StoppingAsha(2, 1, 20, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SchedulerSettings.StoppingAsha(2, 3, 20, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;

class MedianSchedulerTest extends SchedulerContract {
  private static final int STARTUP = 3;

  @Override
  Scheduler scheduler() {
    return new SchedulerSettings.MedianStopping(6, MAXIMUM, STARTUP).start();
  }

  @Test
  void itLooksAtEvenDistances() {
    assertThat(new Simulation(scheduler(), 1, 1, 1).run(30).works())
        .extracting(Work::to)
        .containsOnly(6, 12, 18, 20);
  }

  @Property(tries = 300)
  void aTrialGoesOnIfAndOnlyIfItsBestIsNoWorseThanTheMedianOfTheCompleted(
      @ForAll @IntRange(min = 1, max = 60) int trials,
      @ForAll @IntRange(min = 1, max = 9) int slots,
      @ForAll long order,
      @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), slots, order, results).run(trials);
    Map<Integer, List<Double>> losses = new HashMap<>();
    List<List<Double>> completed = new ArrayList<>();
    Map<Integer, Boolean> expected = new HashMap<>();
    for (Simulation.Step step : simulation.steps) {
      if (step instanceof Simulation.Step.End end
          && end.outcome().kind() == RungOutcome.Kind.COMPLETED) {
        Work work = end.work();
        List<Double> own = losses.computeIfAbsent(work.trial(), trial -> new ArrayList<>());
        own.add(end.outcome().loss());
        if (work.to() == MAXIMUM) {
          completed.add(own);
        } else {
          double[] others =
              completed.stream().mapToDouble(other -> other.get(work.rung())).toArray();
          double best = own.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
          expected.put(
              work.trial(), others.length < STARTUP || best <= new Median().evaluate(others));
        }
      } else if (step instanceof Simulation.Step.Start start && start.work().from() > 0) {
        assertThat(expected.remove(start.work().trial())).isTrue();
      }
    }
    assertThat(expected).doesNotContainValue(true);
  }
}

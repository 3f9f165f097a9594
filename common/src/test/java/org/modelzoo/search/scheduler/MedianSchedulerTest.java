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
    assertThat(new Simulation(scheduler(), 1, 1, 1).run(30).rungs())
        .extracting(Rung::to)
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
          && Double.isFinite(end.loss().orElse(Double.NaN))) {
        Rung rung = end.rung();
        List<Double> own = losses.computeIfAbsent(rung.trial(), trial -> new ArrayList<>());
        own.add(end.loss().getAsDouble());
        if (rung.to() == MAXIMUM) {
          completed.add(own);
        } else {
          double[] others =
              completed.stream().mapToDouble(other -> other.get(rung.number())).toArray();
          double best = own.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
          expected.put(
              rung.trial(), others.length < STARTUP || best <= new Median().evaluate(others));
        }
      } else if (step instanceof Simulation.Step.Start start && start.rung().from() > 0) {
        assertThat(expected.remove(start.rung().trial())).isTrue();
      }
    }
    assertThat(expected).doesNotContainValue(true);
  }
}

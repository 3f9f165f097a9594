package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AshaSchedulerTest extends SchedulerContract {
  private static final int ETA = 3;

  @Override
  Scheduler scheduler() {
    return new SchedulerSettings.Asha(2, ETA, MAXIMUM, 1).start();
  }

  /** Lines 6 to 16 of the paper's algorithm 2, checked at every decision by plain sorting. */
  @Property(tries = 300)
  void aTrialIsPromotedIfAndOnlyIfItIsAmongTheBestOfItsRung(
      @ForAll @IntRange(min = 1, max = 80) int trials,
      @ForAll @IntRange(min = 1, max = 9) int slots,
      @ForAll long order,
      @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), slots, order, results).run(trials);
    Map<Integer, List<Ranked>> rungs = new HashMap<>();
    Set<List<Integer>> promoted = new HashSet<>();
    for (Simulation.Step step : simulation.steps) {
      if (step instanceof Simulation.Step.Start start) {
        Rung rung = start.rung();
        int from = rung.from() == 0 ? -1 : rung.number() - 1;
        for (int higher = 2; higher > from; higher--) {
          assertThat(promotable(rungs, higher, promoted))
              .as("nothing is started while a higher rung can promote")
              .isEmpty();
        }
        if (from >= 0) {
          assertThat(promotable(rungs, from, promoted)).startsWith(rung.trial());
          promoted.add(List.of(from, rung.trial()));
        }
      } else if (step instanceof Simulation.Step.End end && end.loss().isPresent()) {
        rungs
            .computeIfAbsent(end.rung().number(), number -> new ArrayList<>())
            .add(new Ranked(end.loss().getAsDouble(), end.rung().trial()));
      }
    }
  }

  private static List<Integer> promotable(
      Map<Integer, List<Ranked>> rungs, int rung, Set<List<Integer>> promoted) {
    List<Ranked> finished = rungs.getOrDefault(rung, List.of());
    return finished.stream()
        .sorted()
        .limit(finished.size() / ETA)
        .filter(it -> Double.isFinite(it.loss()))
        .map(Ranked::trial)
        .filter(trial -> !promoted.contains(List.of(rung, trial)))
        .toList();
  }

  @Test
  void rungsAreThoseOfTheOriginal() {
    List<Rung> rungs = new Simulation(scheduler(), 1, 1, 5).run(81).rungs();

    assertThat(rungs).extracting(Rung::to).containsOnly(2, 6, 18, 20);
  }

  /** Without late promotions, work is bounded by a third at every rung. */
  @Property(tries = 100)
  void workIsFarBelowFullTraining(@ForAll long order, @ForAll long results) {
    int images =
        new Simulation(scheduler(), 4, order, results)
            .run(81).rungs().stream().mapToInt(rung -> rung.to() - rung.from()).sum();

    assertThat(images).isLessThan(81 * MAXIMUM / 2);
  }

  @Test
  void bracketsStartAtTheirRungsInHyperbandsShares() {
    Scheduler scheduler = new SchedulerSettings.Asha(2, ETA, MAXIMUM, 2).start();
    List<Rung> first =
        new Simulation(scheduler, 1, 1, 1)
            .run(50).rungs().stream().filter(rung -> rung.from() == 0).toList();

    // Of every five trials ⌈2/2 · 3⌉ start at the first rung and ⌈2/1 · 1⌉ at the second.
    assertThat(first).filteredOn(rung -> rung.to() == 2).hasSize(30);
    assertThat(first).filteredOn(rung -> rung.to() == 6).hasSize(20);
  }

  @Test
  void whatMakesNoLadderIsRefused() {
    assertThatThrownBy(() -> new SchedulerSettings.Asha(21, 3, 20, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SchedulerSettings.Asha(2, 1, 20, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SchedulerSettings.Asha(2, 3, 20, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

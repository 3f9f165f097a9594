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
        Work work = start.work();
        int from = work.from() == 0 ? -1 : work.rung() - 1;
        for (int rung = 2; rung > from; rung--) {
          assertThat(promotable(rungs, rung, promoted))
              .as("nothing is started while a higher rung can promote")
              .isEmpty();
        }
        if (from >= 0) {
          assertThat(promotable(rungs, from, promoted)).startsWith(work.trial());
          promoted.add(List.of(from, work.trial()));
        }
      } else if (step instanceof Simulation.Step.End end
          && end.outcome().kind() != RungOutcome.Kind.DROPPED) {
        rungs
            .computeIfAbsent(end.work().rung(), rung -> new ArrayList<>())
            .add(Ranked.of(end.work().trial(), end.outcome()));
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
    List<Work> works = new Simulation(scheduler(), 1, 1, 5).run(81).works();

    assertThat(works).extracting(Work::to).containsOnly(2, 6, 18, 20);
  }

  /** Without late promotions, work is bounded by a third at every rung. */
  @Property(tries = 100)
  void workIsFarBelowFullTraining(@ForAll long order, @ForAll long results) {
    int images =
        new Simulation(scheduler(), 4, order, results)
            .run(81).works().stream().mapToInt(work -> work.to() - work.from()).sum();

    assertThat(images).isLessThan(81 * MAXIMUM / 2);
  }

  @Test
  void bracketsStartAtTheirRungsInHyperbandsShares() {
    Scheduler scheduler = new SchedulerSettings.Asha(2, ETA, MAXIMUM, 2).start();
    List<Work> first =
        new Simulation(scheduler, 1, 1, 1)
            .run(50).works().stream().filter(work -> work.from() == 0).toList();

    // Of every five trials ⌈2/2 · 3⌉ start at the first rung and ⌈2/1 · 1⌉ at the second.
    assertThat(first).filteredOn(work -> work.to() == 2).hasSize(30);
    assertThat(first).filteredOn(work -> work.to() == 6).hasSize(20);
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

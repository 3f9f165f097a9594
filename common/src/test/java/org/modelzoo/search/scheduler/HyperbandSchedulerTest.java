package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HyperbandSchedulerTest extends SchedulerContract {
  @Override
  Scheduler scheduler() {
    return new SchedulerSettings.Hyperband(2, 3, MAXIMUM).start();
  }

  /** Table 1 of the paper: R = 81, η = 3. */
  @Test
  void bracketsAreThoseOfThePaper() {
    Scheduler scheduler = new SchedulerSettings.Hyperband(1, 3, 81).start();
    Map<List<Integer>, Integer> counts = new TreeMap<>((a, b) -> compare(a, b));
    int trial = 0;
    int trials = 81 + 34 + 15 + 8 + 5;
    while (scheduler.next(trials) instanceof Decision.Run run) {
      Rung rung = run.rung();
      scheduler.report(rung, OptionalDouble.of(rung.trial()));
      int bracket =
          rung.trial() < 81
              ? 4
              : rung.trial() < 115 ? 3 : rung.trial() < 130 ? 2 : rung.trial() < 138 ? 1 : 0;
      counts.merge(List.of(bracket, rung.to()), 1, Integer::sum);
      trial++;
    }
    assertThat(trial).isEqualTo(121 + 49 + 21 + 10 + 5);
    assertThat(counts)
        .containsEntry(List.of(4, 1), 81)
        .containsEntry(List.of(4, 3), 27)
        .containsEntry(List.of(4, 9), 9)
        .containsEntry(List.of(4, 27), 3)
        .containsEntry(List.of(4, 81), 1)
        .containsEntry(List.of(3, 3), 34)
        .containsEntry(List.of(3, 9), 11)
        .containsEntry(List.of(3, 27), 3)
        .containsEntry(List.of(3, 81), 1)
        .containsEntry(List.of(2, 9), 15)
        .containsEntry(List.of(2, 27), 5)
        .containsEntry(List.of(2, 81), 1)
        .containsEntry(List.of(1, 27), 8)
        .containsEntry(List.of(1, 81), 2)
        .containsEntry(List.of(0, 81), 5)
        .hasSize(15);
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    return a.get(0).equals(b.get(0)) ? a.get(1) - b.get(1) : b.get(0) - a.get(0);
  }

  @Property(tries = 200)
  void theSameTrialsReachTheSameRungsInAnyOrderOfCompletion(
      @ForAll @IntRange(min = 1, max = 80) int trials,
      @ForAll @IntRange(min = 1, max = 9) int slots,
      @ForAll long order,
      @ForAll long results) {
    Set<Rung> oneByOne =
        new HashSet<>(new Simulation(scheduler(), 1, 0, results).run(trials).rungs());
    Set<Rung> together =
        new HashSet<>(new Simulation(scheduler(), slots, order, results).run(trials).rungs());

    assertThat(together).isEqualTo(oneByOne);
  }
}

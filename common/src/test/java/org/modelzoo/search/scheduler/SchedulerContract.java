package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What every scheduler keeps, in any order of completion. */
abstract class SchedulerContract {
  static final int MAXIMUM = 20;

  abstract Scheduler scheduler();

  @Property(tries = 200)
  void noTrialIsLostOrRunTwice(
      @ForAll @IntRange(min = 1, max = 60) int trials,
      @ForAll @IntRange(min = 1, max = 9) int slots,
      @ForAll long order,
      @ForAll long results) {
    List<Rung> rungs = new Simulation(scheduler(), slots, order, results).run(trials).rungs();

    assertThat(rungs).doesNotHaveDuplicates();
    assertThat(rungs.stream().filter(rung -> rung.from() == 0).map(Rung::trial))
        .as("every trial is started once, in order")
        .containsExactlyElementsOf(IntStream.range(0, trials).boxed().toList());
    Map<Integer, Rung> last = new HashMap<>();
    for (Rung rung : rungs) {
      Rung before = last.put(rung.trial(), rung);
      assertThat(rung.from()).isEqualTo(before == null ? 0 : before.to());
      assertThat(before == null || rung.number() == before.number() + 1).isTrue();
      assertThat(rung.to()).isGreaterThan(rung.from()).isLessThanOrEqualTo(MAXIMUM);
    }
  }

  @Property(tries = 200)
  void onlyTrialsWithAResultThatRestGoOn(
      @ForAll @IntRange(min = 1, max = 60) int trials, @ForAll long order, @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), 4, order, results).run(trials);
    Map<Integer, OptionalDouble> last = new HashMap<>();
    for (Simulation.Step step : simulation.steps) {
      if (step instanceof Simulation.Step.Start start && start.rung().from() > 0) {
        assertThat(last.remove(start.rung().trial()).orElseThrow()).isFinite();
      } else if (step instanceof Simulation.Step.End end) {
        last.put(end.rung().trial(), end.loss());
      }
    }
  }

  @Property(tries = 100)
  void aTrialThatGoesOnWasSaidToBeResumable(
      @ForAll @IntRange(min = 1, max = 40) int trials, @ForAll long order, @ForAll long results) {
    Simulation first = new Simulation(scheduler(), 3, order, results).run(trials);
    Scheduler again = scheduler();
    for (Simulation.Step step : first.steps) {
      if (step instanceof Simulation.Step.Start start) {
        boolean resumable = start.rung().from() == 0 || again.mayResume(start.rung().trial());
        assertThat(resumable).isTrue();
        assertThat(again.next(trials)).isEqualTo(new Decision.Run(start.rung()));
        assertThat(again.mayResume(start.rung().trial())).isFalse();
      } else if (step instanceof Simulation.Step.End end) {
        again.report(end.rung(), end.loss());
      }
    }
    assertThat(again.next(trials)).isInstanceOf(Decision.Finished.class);
  }

  @Property(tries = 100)
  void itKnowsHowManyTrialsAreResumable(
      @ForAll @IntRange(min = 1, max = 120) int trials, @ForAll long order, @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), 5, order, results);
    Scheduler again = scheduler();
    int started = 0;
    for (Simulation.Step step : simulation.run(trials).steps) {
      if (step instanceof Simulation.Step.Start start) {
        started += start.rung().from() == 0 ? 1 : 0;
        assertThat(again.next(trials)).isEqualTo(new Decision.Run(start.rung()));
      } else if (step instanceof Simulation.Step.End end) {
        again.report(end.rung(), end.loss());
      }
      assertThat(again.resumable())
          .isEqualTo((int) IntStream.range(0, started).filter(again::mayResume).count());
    }
  }

  @Property(tries = 100)
  void aFinishedSearchCanBeExtended(
      @ForAll @IntRange(min = 1, max = 40) int trials,
      @ForAll @IntRange(min = 1, max = 40) int more,
      @ForAll long order,
      @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), 4, order, results);
    List<Rung> rungs = simulation.run(trials).run(trials + more).rungs();

    assertThat(rungs).doesNotHaveDuplicates();
    assertThat(rungs.stream().filter(rung -> rung.from() == 0)).hasSize(trials + more);
  }

  @Test
  void whatIsNotOutCannotEnd() {
    Scheduler scheduler = scheduler();
    Rung rung = ((Decision.Run) scheduler.next(3)).rung();
    scheduler.report(rung, OptionalDouble.of(1));

    assertThatThrownBy(() -> scheduler.report(rung, OptionalDouble.of(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itsMaximumIsThatOfItsSettings() {
    assertThat(scheduler().maximum()).isEqualTo(MAXIMUM);
  }
}

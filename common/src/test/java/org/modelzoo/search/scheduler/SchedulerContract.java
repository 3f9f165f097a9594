package org.modelzoo.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    List<Work> works = new Simulation(scheduler(), slots, order, results).run(trials).works();

    assertThat(works).doesNotHaveDuplicates();
    assertThat(works.stream().filter(work -> work.from() == 0).map(Work::trial))
        .as("every trial is started once, in order")
        .containsExactlyElementsOf(IntStream.range(0, trials).boxed().toList());
    Map<Integer, Work> last = new HashMap<>();
    for (Work work : works) {
      Work before = last.put(work.trial(), work);
      assertThat(work.from()).isEqualTo(before == null ? 0 : before.to());
      assertThat(before == null || work.rung() == before.rung() + 1).isTrue();
      assertThat(work.to()).isGreaterThan(work.from()).isLessThanOrEqualTo(MAXIMUM);
    }
  }

  @Property(tries = 200)
  void onlyTrialsWithAResultThatRestGoOn(
      @ForAll @IntRange(min = 1, max = 60) int trials, @ForAll long order, @ForAll long results) {
    Simulation simulation = new Simulation(scheduler(), 4, order, results).run(trials);
    Map<Integer, RungOutcome.Kind> last = new HashMap<>();
    for (Simulation.Step step : simulation.steps) {
      if (step instanceof Simulation.Step.Start start && start.work().from() > 0) {
        assertThat(last.remove(start.work().trial())).isEqualTo(RungOutcome.Kind.COMPLETED);
      } else if (step instanceof Simulation.Step.End end) {
        last.put(end.work().trial(), end.outcome().kind());
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
        boolean resumable = start.work().from() == 0 || again.mayResume(start.work().trial());
        assertThat(resumable).isTrue();
        assertThat(again.next(trials)).isEqualTo(new Decision.Run(start.work()));
        assertThat(again.mayResume(start.work().trial())).isFalse();
      } else if (step instanceof Simulation.Step.End end) {
        again.report(end.work(), end.outcome());
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
        started += start.work().from() == 0 ? 1 : 0;
        assertThat(again.next(trials)).isEqualTo(new Decision.Run(start.work()));
      } else if (step instanceof Simulation.Step.End end) {
        again.report(end.work(), end.outcome());
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
    List<Work> works = simulation.run(trials).run(trials + more).works();

    assertThat(works).doesNotHaveDuplicates();
    assertThat(works.stream().filter(work -> work.from() == 0)).hasSize(trials + more);
  }

  @Test
  void whatIsNotOutCannotEnd() {
    Scheduler scheduler = scheduler();
    Work work = ((Decision.Run) scheduler.next(3)).work();
    scheduler.report(work, RungOutcome.completed(1));

    assertThatThrownBy(() -> scheduler.report(work, RungOutcome.completed(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLossIsFinite() {
    assertThatThrownBy(() -> RungOutcome.completed(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(scheduler().maximum()).isEqualTo(MAXIMUM);
  }
}

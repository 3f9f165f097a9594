package org.modelzoo.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.search.sampler.GridSampler;
import org.modelzoo.search.sampler.RandomSampler;
import org.modelzoo.search.scheduler.SchedulerSettings;

class StudyTest {
  private static final SchedulerSettings FULL = new SchedulerSettings.FullTraining(9);

  private final StudyFixtures fixtures = new StudyFixtures();

  @Property(tries = 60)
  void countsAndBestAreThoseOfAllTrials(
      @ForAll @IntRange(max = 4) int scheduler, @ForAll long seed) {
    StudyFixtures driver = new StudyFixtures();
    Study study =
        driver.open(
            StudyFixtures.settings(
                StudyFixtures.SCHEDULERS.get(scheduler), StudyLimits.ofTrials(40)));
    SplittableRandom random = new SplittableRandom(seed);
    while (!study.isFinished()) {
      driver.act(study, random);
      List<Trial> trials = study.trials();
      assertThat(study.counts())
          .allSatisfy(
              (state, count) ->
                  assertThat(trials.stream().filter(trial -> trial.state() == state))
                      .as(state.name())
                      .hasSize(count));
      assertThat(study.counts()).containsOnlyKeys(TrialState.values());
      assertThat(study.rungs())
          .isEqualTo(trials.stream().mapToInt(it -> it.outcomes().size()).sum());
    }
  }

  @Property(tries = 60)
  void aStudyReadFromItsLogIsTheLiveOne(
      @ForAll @IntRange(max = 4) int scheduler,
      @ForAll @IntRange(min = 1, max = 150) int actions,
      @ForAll long seed) {
    StudyFixtures driver = new StudyFixtures();
    StudySettings settings =
        StudyFixtures.settings(
            StudyFixtures.SCHEDULERS.get(scheduler), StudyLimits.ofTrials(25).withTarget(0.999));
    Study live = driver.open(settings);
    live.enqueue(Map.of("rate", 0.05, "batch", 16));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < actions; i++) {
      driver.act(live, random);
    }

    Study read = Study.read(settings, driver.events());

    assertThat(read.trials()).isEqualTo(live.trials());
    assertThat(read.counts()).isEqualTo(live.counts());
    assertThat(read.best()).isEqualTo(live.best());
    assertThat(read.finished()).isEqualTo(live.finished());
    assertThat(read.images()).isEqualTo(live.images());
  }

  @Property(tries = 60)
  void aProgramKilledAnywhereRunsNoFinishedRungAgainAndLosesNone(
      @ForAll @IntRange(max = 4) int scheduler,
      @ForAll @IntRange(max = 60) int untilKilled,
      @ForAll long seed) {
    StudyFixtures driver = new StudyFixtures();
    StudySettings settings =
        StudyFixtures.settings(StudyFixtures.SCHEDULERS.get(scheduler), StudyLimits.ofTrials(20));
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 0; kill < 3; kill++) {
      Study study = driver.open(settings);
      for (int i = 0; i < untilKilled; i++) {
        driver.act(study, random);
      }
      // The next event was half written.
      driver.log.append("{\"event\":\"rep");
      driver.log.setLength(StudyLog.completeLength(driver.log.toString()));
    }
    Study study = driver.open(settings);
    driver.runToTheEnd(study, random);

    Set<List<Integer>> reported = new HashSet<>();
    for (StudyEvent event : driver.events()) {
      if (event instanceof StudyEvent.Reported report) {
        assertThat(reported.add(List.of(report.trial(), report.rung()))).isTrue();
      } else if (event instanceof StudyEvent.Repeated again) {
        assertThat(reported).doesNotContain(List.of(again.trial(), again.rung()));
      }
    }
    assertThat(study.trials()).hasSize(20);
    assertThat(study.counts())
        .containsEntry(TrialState.RUNNING, 0)
        .containsEntry(TrialState.WAITING, 0)
        .containsEntry(TrialState.PAUSED, 0);
  }

  @Test
  void aLogHoldsNoSecretOfWhatFailed() {
    StudyFixtures driver = new StudyFixtures();
    Study study =
        driver.open(
            StudyFixtures.settings(
                new SchedulerSettings.FullTraining(9), StudyLimits.ofTrials(20)));
    study.interrupt(study.ask().orElseThrow(), "403 for fs.s3a.secret.key=pl4nted");
    study.tell(study.ask().orElseThrow(), RungOutcome.failed(1, 1, "no https://pl4nted@host/"));

    assertThat(driver.log).contains("fs.s3a.secret.key=(hidden)", "https://(hidden)@host");
    assertThat(driver.log).doesNotContain("pl4nted");
  }

  /** Sampler and scheduler that don't depend on the order of completion. */
  @Property(tries = 40)
  void anInterruptedStudyEndsAsAnUninterruptedOne(
      @ForAll @IntRange(max = 60) int untilKilled, @ForAll long seed) {
    StudySettings settings =
        new StudySettings(
            new RandomSampler(StudyFixtures.SPACE, 1),
            new SchedulerSettings.Hyperband(1, 3, 9),
            Direction.MAXIMISE,
            StudyLimits.ofTrials(20));
    assertThat(results(settings, untilKilled, seed)).isEqualTo(results(settings, 0, 1));
  }

  private static List<List<Object>> results(StudySettings settings, int untilKilled, long seed) {
    StudyFixtures driver = new StudyFixtures();
    SplittableRandom random = new SplittableRandom(seed);
    Study study = driver.open(settings);
    for (int i = 0; i < untilKilled; i++) {
      actWithoutFailures(study, driver.out, random);
    }
    study = driver.open(settings);
    while (!study.isFinished()) {
      actWithoutFailures(study, driver.out, random);
    }
    List<List<Object>> results = new ArrayList<>();
    for (Trial trial : study.trials()) {
      results.add(List.of(trial.number(), trial.parameters(), trial.state(), trial.outcomes()));
    }
    return results;
  }

  private static void actWithoutFailures(Study study, List<Trial> out, SplittableRandom random) {
    if (out.isEmpty() || random.nextInt(3) > 0) {
      study.ask().ifPresent(out::add);
    } else {
      Trial trial = out.remove(random.nextInt(out.size()));
      study.tell(trial, RungOutcome.finished(StudyFixtures.value(trial), 10, 0.5));
    }
  }

  @Test
  void aFinishedStudyCanBeExtended() {
    Study study = fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(3)));
    fixtures.runToTheEnd(study, new SplittableRandom(1));
    assertThat(study.finished()).contains(StudyEvent.Reason.TRIALS);

    Study same = fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(3)));
    assertThat(same.isFinished()).isTrue();
    assertThat(same.ask()).isEmpty();

    Study extended = fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(5)));
    assertThat(extended.isFinished()).isFalse();
    fixtures.runToTheEnd(extended, new SplittableRandom(1));
    assertThat(extended.trials()).hasSize(5);
  }

  @Test
  void knownTrialsComeFirstAndOnce() {
    Study study = fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(3)));
    Map<String, Object> known = Map.of("rate", 0.02, "batch", 8, "layers", 2);

    assertThat(study.enqueue(known)).isTrue();
    assertThat(study.enqueue(known)).isFalse();
    assertThatThrownBy(() -> study.enqueue(Map.of("rate", 0.5, "batch", 16)))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("rate = 0.5 is not a number from 1.0E-4 to 0.1");

    assertThat(study.ask().orElseThrow().parameters())
        .isEqualTo(Map.of("rate", 0.02, "batch", 8L, "layers", 2L));
    assertThat(study.trials().get(0).origin()).isEqualTo(Trial.Origin.KNOWN);
    assertThat(fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(3))).enqueue(known))
        .isFalse();
  }

  @Test
  void aGridEndsTheStudy() {
    StudySettings settings =
        new StudySettings(
            new GridSampler(StudyFixtures.SPACE, 1, 3),
            FULL,
            Direction.MAXIMISE,
            StudyLimits.ofTrials(1000));
    Study study = fixtures.open(settings);
    study.enqueue(Map.of("rate", 0.02, "batch", 16));
    fixtures.runToTheEnd(study, new SplittableRandom(2));

    assertThat(study.trials()).hasSize(1 + 3 + 3 * 3);
  }

  @Test
  void theTargetEndsTheStudy() {
    StudyLimits limits = StudyLimits.ofTrials(100).withTarget(0.5);
    Study study = fixtures.open(StudyFixtures.settings(FULL, limits));
    Trial first = study.ask().orElseThrow();
    Trial second = study.ask().orElseThrow();
    study.tell(first, RungOutcome.finished(0.5, 1, 1));

    assertThat(study.ask()).isEmpty();
    assertThat(study.isFinished()).as("the second still runs").isFalse();
    study.tell(second, RungOutcome.finished(0.4, 1, 1));
    assertThat(study.ask()).isEmpty();
    assertThat(study.finished()).contains(StudyEvent.Reason.TARGET);
    assertThat(study.best().orElseThrow().number()).isZero();
  }

  @Test
  void imagesAndWallTimeAreBudgets() {
    StudySettings images = StudyFixtures.settings(FULL, StudyLimits.ofTrials(100).withImages(20));
    Study study = fixtures.open(images);
    fixtures.runToTheEnd(study, new SplittableRandom(5));
    assertThat(study.finished()).contains(StudyEvent.Reason.IMAGES);
    assertThat(study.images()).isGreaterThanOrEqualTo(20);

    StudySettings time = StudyFixtures.settings(FULL, StudyLimits.ofTrials(100).withSeconds(60));
    StudyFixtures other = new StudyFixtures();
    Study first = other.open(time);
    Trial trial = first.ask().orElseThrow();
    other.now += 40_000;
    first.tell(trial, RungOutcome.finished(0.1, 1, 40));
    other.now += 1_000_000; // The program was not running.
    assertThat(Study.read(time, other.events()).seconds()).isCloseTo(40, within(1e-9));
    Study second = other.open(time);
    assertThat(second.seconds()).isCloseTo(40, within(1e-9));
    assertThat(second.ask()).isPresent();
    other.now += 20_000;
    assertThat(second.ask()).isEmpty();
  }

  @Test
  void aWallClockThatIsSetUsesUpNoBudget() {
    long day = 86_400_000;
    StudySettings settings =
        StudyFixtures.settings(FULL, StudyLimits.ofTrials(100).withSeconds(60));
    Study first = fixtures.open(settings);
    Trial trial = first.ask().orElseThrow();
    fixtures.now += 10_000;
    fixtures.wallAhead = day;
    assertThat(first.seconds()).isCloseTo(10, within(1e-9));
    assertThat(first.ask()).isPresent();
    fixtures.now += 10_000;
    fixtures.wallAhead = -day;
    first.tell(trial, RungOutcome.finished(0.1, 1, 20));

    Study second = fixtures.open(settings);
    assertThat(second.seconds()).isCloseTo(20, within(1e-9));
    assertThat(second.ask()).isPresent();
    fixtures.wallAhead = 2 * day;
    fixtures.now += 39_000;
    assertThat(second.ask()).isPresent();
    fixtures.now += 1_000;
    assertThat(second.ask()).isEmpty();
  }

  @Test
  void aPauseBeforeTheLimitsChangeIsNoTimeOfTheStudy() {
    Study first =
        fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(100).withSeconds(60)));
    first.ask();
    fixtures.now += 30_000;
    first.ask();
    fixtures.now += 86_400_000; // The program was not running.

    Study second =
        fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(100).withSeconds(90)));
    assertThat(second.seconds()).isCloseTo(30, within(1e-9));
    assertThat(second.ask()).isPresent();
  }

  @Test
  void workComesBackOnce() {
    Study study = fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(5)));
    Trial trial = study.ask().orElseThrow();
    study.interrupt(trial, "executor lost");
    assertThatThrownBy(() -> study.tell(trial, RungOutcome.finished(1, 1, 1)))
        .isInstanceOf(IllegalStateException.class);

    Trial again = study.ask().orElseThrow();
    assertThat(again.number()).isEqualTo(trial.number());
    assertThat(again.attempt()).isEqualTo(2);
    study.tell(again, RungOutcome.finished(1, 1, 1));
    assertThatThrownBy(() -> study.tell(again, RungOutcome.finished(1, 1, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(study.trials().get(0).interruptions()).isEqualTo(1);
    assertThat(study.needsCheckpoint(0)).isFalse();
  }

  @Test
  void otherSettingsDoNotContinueAStudy() {
    fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(5)));

    assertThatThrownBy(
            () ->
                fixtures.open(
                    StudyFixtures.settings(
                        new SchedulerSettings.FullTraining(8), StudyLimits.ofTrials(5))))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("FullTraining[maximum=9]")
        .hasMessageContaining("FullTraining[maximum=8]");
  }

  /** As written by programs of format 1; whoever changes these lines loses studies. */
  @Test
  void aLogOfFormatOneIsReadAndContinued() {
    String identity = StudyFixtures.settings(FULL, StudyLimits.ofTrials(5)).identity();
    fixtures.log.append(
        """
        {"event":"created","at":1000,"format_version":1,"identity":"%s"}
        {"event":"limited","at":1001,"limits":{"trials":5,"seconds":0,"images":0,"target":null}}
        {"event":"opened","at":1002}
        {"event":"started","at":1003,"trial":0,"parameters":{"rate":0.02,"batch":16},"origin":"PROPOSED"}
        {"event":"reported","at":1004,"trial":0,"rung":0,"report":{"status":"FINISHED","value":0.3125,"images":96,"seconds":2.5,"message":""}}
        {"event":"started","at":1005,"trial":1,"parameters":{"rate":0.03,"batch":16},"origin":"PROPOSED"}
        {"event":"reported","at":1006,"trial":1,"rung":0,"report":{"status":"DIVERGED","value":null,"images":5,"seconds":0.5,"message":"the loss is NaN"}}
        """
            .formatted(identity));

    assertThat(String.join("", fixtures.events().stream().map(StudyLog::line).toList()))
        .isEqualTo(fixtures.log.toString());
    Study study = fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(5)));
    assertThat(study.trial(0).outcomes())
        .isEqualTo(Map.of(9, RungOutcome.finished(0.3125, 96, 2.5)));
    assertThat(study.trial(1).outcomes())
        .isEqualTo(Map.of(9, RungOutcome.diverged(5, 0.5, "the loss is NaN")));
    assertThat(study.ask().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void anOutcomeHasAFiniteValueOrNone() {
    assertThatThrownBy(() -> RungOutcome.finished(Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has diverged");
  }

  @Test
  void aDamagedLogIsRefused() {
    fixtures.open(StudyFixtures.settings(FULL, StudyLimits.ofTrials(5))).ask();
    String log = fixtures.log.toString();

    assertThatThrownBy(() -> StudyLog.parse(log.replaceFirst("\"limited\"", "\"lim"), "a.jsonl"))
        .isInstanceOf(ModelZooException.class)
        .hasMessageStartingWith("a.jsonl is damaged in line 2")
        .extracting(exception -> ((ModelZooException) exception).kind())
        .isEqualTo(ErrorKind.DATA);
    assertThatThrownBy(
            () -> StudyLog.parse(log.replace("\"format_version\":1", "\"format_version\":2"), "a"))
        .hasMessageContaining("use a newer program");
    assertThat(StudyLog.parse(log + "{\"event\":", "a")).hasSize(4);
  }

  @Test
  void tenThousandTrialsOpenInSeconds() {
    StudySettings settings =
        new StudySettings(
            new RandomSampler(StudyFixtures.SPACE, 1),
            new SchedulerSettings.Asha(1, 3, 27, 1),
            Direction.MAXIMISE,
            StudyLimits.ofTrials(10_000));
    Study live = fixtures.open(settings);
    fixtures.runToTheEnd(live, new SplittableRandom(1));

    long start = System.nanoTime();
    Study again = fixtures.open(settings);
    double seconds = (System.nanoTime() - start) / 1e9;

    System.out.printf(
        "10,000 trials, %,d events, opened in %.2f s%n", fixtures.events().size(), seconds);
    assertThat(again.trials()).isEqualTo(live.trials());
    assertThat(seconds).isLessThan(10);
  }
}

package org.modelzoo.search;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.search.sampler.OnePlusOneSampler;
import org.modelzoo.search.scheduler.SchedulerSettings;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/** A log as text, clocks that are set by hand, and workers whose results follow from the trials. */
final class StudyFixtures implements InstantSource {
  static final Space SPACE =
      Space.of(
          Parameter.logUniform("rate", 1e-4, 1e-1),
          Parameter.choice("batch", 8, 16),
          Parameter.whole("layers", 1, 3).when("batch", 8));

  static final List<SchedulerSettings> SCHEDULERS =
      List.of(
          new SchedulerSettings.FullTraining(9),
          new SchedulerSettings.Asha(1, 3, 9, 1),
          new SchedulerSettings.Asha(1, 2, 9, 3),
          new SchedulerSettings.StoppingAsha(1, 3, 9, 1),
          new SchedulerSettings.StoppingAsha(1, 2, 9, 3),
          new SchedulerSettings.Hyperband(1, 3, 9),
          new SchedulerSettings.MedianStopping(3, 9, 2));

  final StringBuilder log = new StringBuilder();
  final List<Trial> out = new ArrayList<>();

  /** Milliseconds that really pass. */
  long now = 1_000_000;

  /** By how many the wall clock was set forward. */
  long wallAhead;

  static StudySettings settings(SchedulerSettings scheduler, StudyLimits limits) {
    return new StudySettings(
        new OnePlusOneSampler(SPACE, 3, 0.2), scheduler, Direction.MAXIMISE, limits);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now + wallAhead);
  }

  Study open(StudySettings settings) {
    out.clear();
    return Study.open(
        settings,
        events(),
        new SteadyClock(this, () -> now * 1_000_000),
        event -> log.append(StudyLog.line(event)));
  }

  List<StudyEvent> events() {
    return StudyLog.parse(log.toString(), "trials.jsonl");
  }

  /** One thing that a driver may do. */
  void act(Study study, SplittableRandom random) {
    now += random.nextInt(500);
    if (out.isEmpty() || random.nextInt(3) > 0) {
      study.ask().ifPresent(out::add);
    } else {
      Trial trial = out.remove(random.nextInt(out.size()));
      switch (random.nextInt(12)) {
        case 0 -> study.interrupt(trial, "executor lost");
        case 1 -> study.tell(trial, RungOutcome.failed(3, 0.1, "a bug"));
        case 2 -> study.tell(trial, RungOutcome.diverged(4, 0.2, "loss is NaN"));
        case 3 -> study.tell(trial, RungOutcome.cancelled(5, 0.3, "time limit"));
        default -> study.tell(trial, RungOutcome.finished(value(trial), 10, 0.5));
      }
    }
  }

  /** Depends on the work alone. */
  static double value(Trial trial) {
    double distance = Math.log10((Double) trial.parameters().get("rate")) + 2;
    return 1 - distance * distance / 10 - 0.3 / trial.rung().to();
  }

  void runToTheEnd(Study study, SplittableRandom random) {
    while (!study.isFinished()) {
      act(study, random);
    }
  }
}

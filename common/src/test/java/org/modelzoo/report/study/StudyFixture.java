package org.modelzoo.report.study;

import java.util.List;
import java.util.Optional;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.search.Direction;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyLimits;
import org.modelzoo.search.StudySettings;
import org.modelzoo.search.Trial;
import org.modelzoo.search.sampler.RandomSampler;
import org.modelzoo.search.scheduler.SchedulerSettings;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/** A study whose values depend on the learning rate alone; one trial in ten diverges. */
final class StudyFixture {
  private static final Space SPACE =
      Space.of(
          Parameter.logUniform("training.learning-rate", 1e-4, 1e-1),
          Parameter.choice("training.batch-size", 8, 16),
          Parameter.choice("network.name", "small-conv", "</script><b>wrn"));

  private StudyFixture() {}

  static ReportedStudy searched(int trials) {
    StudySettings settings =
        new StudySettings(
            new RandomSampler(SPACE, 5),
            new SchedulerSettings.Asha(1, 3, 9, 1),
            Direction.MAXIMISE,
            StudyLimits.ofTrials(trials));
    Study study = Study.open(settings, List.of(), new SteadyClock(), event -> {});
    Optional<Trial> trial = study.ask();
    while (trial.isPresent()) {
      study.tell(trial.get(), result(trial.get()));
      trial = study.ask();
    }
    return ReportedStudy.of("tiny", "validation accuracy", "epochs", settings, study);
  }

  private static RungOutcome result(Trial trial) {
    if (trial.number() % 10 == 9) {
      return RungOutcome.diverged(10, 0.5, "the loss is NaN");
    }
    double distance = Math.log10((Double) trial.parameters().get("training.learning-rate")) + 2;
    return RungOutcome.finished(1 - distance * distance / 10 - 0.1 / trial.rung().to(), 10, 0.5);
  }
}

package org.modelzoo.report.study;

import java.util.List;
import java.util.Optional;
import org.modelzoo.base.SteadyClock;
import org.modelzoo.search.Assignment;
import org.modelzoo.search.Direction;
import org.modelzoo.search.RungReport;
import org.modelzoo.search.Study;
import org.modelzoo.search.StudyLimits;
import org.modelzoo.search.StudySettings;
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
    Optional<Assignment> work = study.ask();
    while (work.isPresent()) {
      study.tell(work.get(), result(work.get()));
      work = study.ask();
    }
    return ReportedStudy.of("tiny", "validation accuracy", "epochs", settings, study);
  }

  private static RungReport result(Assignment work) {
    if (work.trial() % 10 == 9) {
      return RungReport.diverged(10, 0.5, "the loss is NaN");
    }
    double distance = Math.log10((Double) work.parameters().get("training.learning-rate")) + 2;
    return RungReport.finished(1 - distance * distance / 10 - 0.1 / work.resource(), 10, 0.5);
  }
}

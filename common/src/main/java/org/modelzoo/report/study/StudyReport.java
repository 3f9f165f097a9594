package org.modelzoo.report.study;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.modelzoo.report.page.Page;

/** {@code report.html} of a search. */
public final class StudyReport {
  private static final List<StudySection> SECTIONS =
      List.of(
          new StudyFigures(),
          new History(),
          new Rungs(),
          new ParallelTrials(),
          new ParameterImportance(),
          new AllTrials());

  private StudyReport() {}

  /** The page as UTF-8. */
  public static byte[] of(ReportedStudy study) {
    return Page.of(
        study.name(),
        "Search over %d parameters for the %s %s: %s."
            .formatted(
                study.space().dimensions(),
                study.isBetter(0, 1) ? "lowest" : "highest",
                study.objective(),
                study
                    .end()
                    .map(reason -> "finished by its limit of " + reason)
                    .orElse("not finished")),
        SECTIONS.stream().map(section -> section.of(study)).flatMap(Optional::stream).toList(),
        "Made by Model Zoo, %s.".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }
}

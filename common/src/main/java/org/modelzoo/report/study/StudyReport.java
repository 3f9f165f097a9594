package org.modelzoo.report.study;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Page;
import org.modelzoo.report.page.PageContent;
import org.modelzoo.store.RunDirectory;

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

  /**
   * The page of a search's directory, as UTF-8; empty if it is the directory of something else.
   *
   * @throws org.modelzoo.base.ModelZooException if it can't be read
   */
  public static Optional<byte[]> find(RunDirectory directory) {
    return findContent(directory).map(Page::of);
  }

  /**
   * What that page says; empty if it is the directory of something else.
   *
   * @throws org.modelzoo.base.ModelZooException if it can't be read
   */
  public static Optional<PageContent> findContent(RunDirectory directory) {
    return directory
        .identity()
        .filter(identity -> identity.method().equals("search"))
        .map(identity -> content(ReportedStudy.read(directory)));
  }

  /** The page as UTF-8. */
  public static byte[] of(ReportedStudy study) {
    return Page.of(content(study));
  }

  private static PageContent content(ReportedStudy study) {
    return new PageContent(
        study.name(),
        "Search over %s for the %s %s: %s."
            .formatted(
                Formats.counted(study.space().dimensions(), "parameter"),
                study.isBetter(0, 1) ? "lowest" : "highest",
                study.objective(),
                study.end().map(reason -> "finished, " + reason).orElse("not finished")),
        SECTIONS.stream().map(section -> section.of(study)).flatMap(Optional::stream).toList(),
        "Made by Model Zoo, %s.".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }
}

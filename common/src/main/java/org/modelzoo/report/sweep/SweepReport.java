package org.modelzoo.report.sweep;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.modelzoo.report.page.Page;
import org.modelzoo.report.page.PageContent;
import org.modelzoo.store.RunDirectory;

/** {@code report.html} of a sweep. */
public final class SweepReport {
  private SweepReport() {}

  /** The page of the sweep in a directory, at any time. */
  public static byte[] of(RunDirectory directory, SweepFile file) {
    return Page.of(content(directory, file));
  }

  /** What that page says. */
  public static PageContent content(RunDirectory directory, SweepFile file) {
    ReportedSweep sweep = ReportedSweep.read(directory, file);
    return new PageContent(
        file.name(),
        "Sweep over %s: %d of %d experiments finished."
            .formatted(
                String.join(", ", file.axes()), sweep.results().size(), file.experiments().size()),
        Stream.of(
                SweepOutcomes.of(sweep),
                SweepCurves.of(sweep),
                SweepTasks.of(sweep),
                Optional.of(SweepExperiments.of(sweep)))
            .flatMap(Optional::stream)
            .toList(),
        "Made by Model Zoo from %s, %s."
            .formatted(directory.location(), Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** What the sweep in a directory compares; empty where there is no sweep. */
  public static Optional<SweepFile> find(RunDirectory directory) {
    return directory.has(SweepFile.NAME)
        ? Optional.of(directory.read(SweepFile.NAME, SweepFile.class, SweepFile.FORMAT_VERSION))
        : Optional.empty();
  }

  /** The names of all settings that are compared. */
  static List<String> settings(ReportedSweep sweep) {
    return sweep.sweep().experiments().stream()
        .map(experiment -> experiment.on(sweep.sweep().settings()))
        .distinct()
        .toList();
  }
}

package org.modelzoo.board.scan;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.EntryKind;
import org.modelzoo.report.page.PageContent;
import org.modelzoo.report.page.Section;
import org.modelzoo.report.run.RunReport;
import org.modelzoo.report.study.StudyReport;
import org.modelzoo.report.sweep.SweepReport;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * The sections of an entry's report, made by the report's own code.
 *
 * @param lead a sentence below the title
 */
public record EntrySections(String title, String lead, List<Part> sections) {
  /** More runs than this can't be told apart in a chart. */
  public static final int MOST_OTHERS = 10;

  /**
   * A section.
   *
   * @param html its content; text from files is escaped in it
   */
  public record Part(String id, String title, String explanation, String html) {}

  /**
   * The sections of an entry, at any time.
   *
   * @param others runs that it is compared with
   * @throws ModelZooException if its files can't be read, or it is none to be compared
   */
  public static EntrySections read(SeenEntry entry, List<SeenEntry> others, Configuration hadoop) {
    boolean areRuns =
        Stream.concat(Stream.of(entry), others.stream()).allMatch(EntrySections::isRun);
    if (!others.isEmpty() && !areRuns) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "only runs and baselines can be compared; leave sweeps, studies and zoos out of \"with\"");
    }
    return switch (entry.kind()) {
      case RUN, BASELINE ->
          of(
              RunReport.content(
                  entry.directory().orElseThrow(),
                  others.stream().map(other -> other.directory().orElseThrow()).toList(),
                  Optional.empty()));
      case STUDY ->
          StudyReport.findContent(entry.directory().orElseThrow())
              .map(EntrySections::of)
              .orElseGet(() -> nothingYet(entry));
      case SWEEP -> sweep(entry, entry.directory().orElseThrow());
      case ZOO -> zoo(entry, hadoop);
    };
  }

  private static boolean isRun(SeenEntry entry) {
    return entry.kind() == EntryKind.RUN || entry.kind() == EntryKind.BASELINE;
  }

  private static EntrySections sweep(SeenEntry entry, RunDirectory directory) {
    return SweepReport.find(directory)
        .map(file -> of(SweepReport.content(directory, file)))
        .orElseGet(() -> nothingYet(entry));
  }

  private static EntrySections nothingYet(SeenEntry entry) {
    return new EntrySections(
        entry.indexed().entry().name(),
        "Nothing has ended yet that a report could show.",
        List.of());
  }

  private static EntrySections zoo(SeenEntry entry, Configuration hadoop) {
    ZooManifest manifest = SavedZoo.at(entry.indexed().entry().path(), hadoop).manifest();
    return of(ZooSections.of(manifest, entry.archiveBytes()));
  }

  private static EntrySections of(PageContent page) {
    return new EntrySections(
        page.title(), page.lead(), page.sections().stream().map(EntrySections::part).toList());
  }

  private static Part part(Section section) {
    return new Part(
        section.id(),
        section.title(),
        section.explanation(),
        section.content().stream().map(DomContent::render).collect(Collectors.joining()));
  }
}

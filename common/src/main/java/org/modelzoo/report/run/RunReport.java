package org.modelzoo.report.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.data.TaskImages;
import org.modelzoo.data.TaskLoader;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Page;
import org.modelzoo.report.page.PageContent;
import org.modelzoo.store.RunDirectory;

/** {@code report.html} of a run. */
public final class RunReport {
  private static final List<RunSection> SECTIONS =
      List.of(
          new KeyFigures(),
          new Setup(),
          new AccuracyCurves(),
          new AccuracyMap(),
          new TaskOutcomes(),
          new Comparison(),
          new SmallerZoos(),
          new ChosenTasks(),
          new EpochCurves(),
          new TaskRelations(),
          new SlotTimeline(),
          new SampleImages(),
          new Troubles());

  private RunReport() {}

  /**
   * The page of a run and its baselines, at any time of the run.
   *
   * @param others that it is compared with
   * @param images how to reach the data set, whose images take time and memory; empty to leave them
   *     out
   * @throws org.modelzoo.base.ModelZooException if one of them is no run or can't be read
   */
  public static byte[] of(
      RunDirectory directory, List<RunDirectory> others, Optional<Configuration> images) {
    return Page.of(content(directory, others, images));
  }

  /**
   * What that page says.
   *
   * @see #of(RunDirectory, List, Optional)
   */
  public static PageContent content(
      RunDirectory directory, List<RunDirectory> others, Optional<Configuration> images) {
    ReportedRun run = RunReader.read(directory);
    List<String> damages = new ArrayList<>();
    List<ReportedRun> compared = new ArrayList<>(RunReader.baselines(directory, damages::add));
    others.forEach(other -> compared.add(RunReader.read(other)));
    return content(
        new ReportInput(run, compared, damages, images.flatMap(hadoop -> images(run, hadoop))));
  }

  private static Optional<IntFunction<TaskImages>> images(ReportedRun run, Configuration hadoop) {
    return run.config()
        .map(config -> TaskLoader.of(config.values().data(), run.identity().seed(), hadoop)::load);
  }

  /** The page as UTF-8. */
  static byte[] of(ReportInput reported) {
    return Page.of(content(reported));
  }

  private static PageContent content(ReportInput reported) {
    ReportedRun run = reported.run();
    return new PageContent(
        run.name(),
        "%s of %s, seed %d: %s."
            .formatted(
                run.identity().method(),
                Formats.counted(run.tasks().size(), "task"),
                run.identity().seed(),
                State.of(run)),
        SECTIONS.stream().map(section -> section.of(reported)).flatMap(Optional::stream).toList(),
        "Made by Model Zoo %s from %s, %s."
            .formatted(
                run.identity().softwareVersion(),
                run.directory().location(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }
}

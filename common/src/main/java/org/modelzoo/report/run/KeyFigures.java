package org.modelzoo.report.run;

import java.util.Optional;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.report.page.Tiles;
import org.modelzoo.store.MemberFile;

/** The run in a few numbers, each with its formula. */
final class KeyFigures implements RunSection {
  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    Tiles tiles = new Tiles();
    if (run.isMeasured()) {
      for (ContinualMeasures.Measure measure : ContinualMeasures.of(run.matrix()).list()) {
        if (!Double.isNaN(measure.value())) {
          tiles.add(Formats.percent(measure.value()) + " %", measure.name(), measure.formula());
        }
      }
    }
    tiles.add(Formats.count(run.members().size()), "members", "trained to their end");
    long images = run.members().values().stream().mapToLong(MemberFile::trainImages).sum();
    tiles.add(Formats.large(images), "training images", "over all members and epochs");
    run.summary()
        .ifPresent(
            summary -> {
              tiles.add(
                  Formats.count(Math.round(summary.trainImagesPerSecond())),
                  "images a second",
                  "by the time in which a member trained");
              tiles.add(
                  Formats.seconds(summary.wallSeconds()),
                  "wall time",
                  "of the last driver's work on the run");
            });
    return Optional.of(
        Section.of(
            "key-figures",
            "In short",
            run.isMeasured()
                ? "Accuracies are shares of test images that the ensemble gets right. a[t][i] is that on task i after round t, T the last round, f(i) the round in which task i first had a member."
                : "There is no accuracy before the first round is committed.",
            tiles.content()));
  }
}

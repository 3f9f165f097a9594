package org.modelzoo.report.study;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.modelzoo.base.KebabCase;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.report.page.Tiles;
import org.modelzoo.search.Trial;

/** The study in a few numbers, and its best trial. */
final class StudyFigures implements StudySection {
  @Override
  public Optional<Section> of(ReportedStudy study) {
    Tiles tiles = new Tiles();
    study
        .best()
        .ifPresent(
            best ->
                tiles.add(
                    Values.text(best.value()),
                    study.objective(),
                    "trial %d, after %s".formatted(best.number(), study.amount(best.resource()))));
    tiles.add(Formats.count(study.trials().size()), "trials", states(study));
    tiles.add(Formats.large(study.images()), "training images", "over all trials");
    tiles.add(Formats.seconds(study.seconds()), "wall time", "of all sessions");
    List<DomContent> content = new ArrayList<>(List.of(tiles.content()));
    study.best().ifPresent(best -> content.add(parameters(best)));
    return Optional.of(
        new Section(
            "key-figures",
            "In short",
            "Best is the trial with the best value of those trained furthest: values after different training are not compared.",
            content));
  }

  private static String states(ReportedStudy study) {
    List<String> states = new ArrayList<>();
    study
        .counts()
        .forEach(
            (state, count) -> {
              if (count > 0) {
                states.add(count + " " + KebabCase.of(state));
              }
            });
    return String.join(", ", states);
  }

  private static DomContent parameters(Trial best) {
    DataTable table = new DataTable(2, List.of("parameter", "value"));
    best.parameters().forEach((name, value) -> table.add(List.of(name, Values.text(value))));
    return each(h3("Parameters of the best trial"), table.content());
  }
}

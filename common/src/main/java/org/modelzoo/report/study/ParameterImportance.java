package org.modelzoo.report.study;

import static j2html.TagCreator.div;
import static j2html.TagCreator.text;

import java.util.List;
import java.util.Optional;
import org.modelzoo.report.page.Bar;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** Which parameters mattered. */
final class ParameterImportance implements StudySection {
  @Override
  public Optional<Section> of(ReportedStudy study) {
    return Importance.of(study).map(importance -> section(study, importance));
  }

  private static Section section(ReportedStudy study, Importance importance) {
    DataTable table = new DataTable(1, List.of("parameter", "ε², %"));
    importance
        .shares()
        .forEach(
            (name, share) ->
                table.addContent(
                    List.of(text(name), Bar.of(Formats.percent(share), share, Bar.Kind.GAIN))));
    return Section.of(
        "importance",
        "Importance of the parameters",
        "ε² of an analysis of variance of ranks, over the %d trials after %s: the share of the trials' order that a parameter explains by itself, trials being grouped by its choices or by quarters of its values. It sees no interactions, and only where the sampler looked."
            .formatted(importance.trials(), study.amount(importance.resource())),
        div(table.content()).withClass("wide"));
  }
}

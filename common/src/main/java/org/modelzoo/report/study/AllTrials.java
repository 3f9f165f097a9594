package org.modelzoo.report.study;

import static j2html.TagCreator.details;
import static j2html.TagCreator.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Trial;

/** All trials, with what went wrong. */
final class AllTrials implements StudySection {
  @Override
  public Optional<Section> of(ReportedStudy study) {
    if (study.trials().isEmpty()) {
      return Optional.empty();
    }
    DataTable table =
        new DataTable(
            4,
            List.of(
                "trial",
                "state",
                "parameters",
                "what happened",
                study.resource(),
                study.objective(),
                "images",
                "time",
                "interruptions"));
    study.shown().forEach(trial -> table.add(row(trial)));
    return Optional.of(
        Section.of(
            "trials",
            "All trials",
            "Interruptions are rungs that were lost with an executor or a driver and were run again."
                + study.thinned(),
            details(summary("%d trials".formatted(table.size())), table.content())
                .withClass("alternative")));
  }

  private static List<String> row(Trial trial) {
    List<String> parameters = new ArrayList<>();
    trial.parameters().forEach((name, value) -> parameters.add(name + " = " + Values.text(value)));
    return List.of(
        Integer.toString(trial.number()),
        KebabCase.of(trial.state()),
        String.join(", ", parameters),
        trial.outcomes().values().stream()
            .map(RungOutcome::message)
            .filter(message -> message != null && !message.isEmpty())
            .collect(Collectors.joining("; ")),
        Integer.toString(trial.resource()),
        Values.text(trial.value()),
        Formats.count(trial.images()),
        Formats.seconds(trial.seconds()),
        Integer.toString(trial.interruptions()));
  }
}

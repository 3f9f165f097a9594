package org.modelzoo.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Section;
import org.modelzoo.search.Trial;

/** The value of every trial in the order of starting, and the best so far. */
final class History implements StudySection {
  @Override
  public Optional<Section> of(ReportedStudy study) {
    Map<Integer, List<Trial>> byResource = new TreeMap<>();
    study.shown().stream()
        .filter(trial -> trial.value().isPresent())
        .forEach(
            trial ->
                byResource.computeIfAbsent(trial.resource(), key -> new ArrayList<>()).add(trial));
    if (byResource.isEmpty()) {
      return Optional.empty();
    }
    DataTable table =
        new DataTable(1, List.of("trial", study.resource(), study.objective(), "state"));
    List<Chart.Group> groups = new ArrayList<>();
    byResource.forEach(
        (resource, trials) ->
            groups.add(
                new Chart.Group(
                    "after " + study.amount(resource),
                    groups.size(),
                    trials.stream().map(trial -> point(study, trial)).toList())));
    study.shown().forEach(trial -> table.add(row(trial)));
    return Optional.of(
        Section.of(
            "history",
            "Optimisation history",
            "Each point is a trial's last value, in the order in which trials were started; the line is the best so far of those trained furthest."
                + study.thinned(),
            Figure.of(
                "The value of every trial",
                new Chart.Scatter(
                    new Chart.Axes("trial", study.objective()), groups, "best so far", best(study)),
                table)));
  }

  private static Chart.Point point(ReportedStudy study, Trial trial) {
    List<String> note = new ArrayList<>();
    note.add("trial " + trial.number());
    note.add(Values.text(trial.value()) + " " + study.objective());
    trial.parameters().forEach((name, value) -> note.add(name + " = " + Values.text(value)));
    return new Chart.Point(trial.number(), trial.value().getAsDouble(), note);
  }

  private static List<double[]> best(ReportedStudy study) {
    int furthest = study.trials().stream().mapToInt(Trial::resource).max().orElse(0);
    Set<Integer> shown = study.shown().stream().map(Trial::number).collect(Collectors.toSet());
    List<double[]> line = new ArrayList<>();
    double best = Double.NaN;
    for (Trial trial : study.trials()) {
      if (trial.resource() == furthest) {
        double value = trial.value().getAsDouble();
        best = Double.isNaN(best) || study.isBetter(value, best) ? value : best;
        if (shown.contains(trial.number())) {
          line.add(new double[] {trial.number(), best});
        }
      }
    }
    line.add(new double[] {study.trials().size() - 1.0, best});
    return line;
  }

  private static List<String> row(Trial trial) {
    return List.of(
        Integer.toString(trial.number()),
        Integer.toString(trial.resource()),
        Values.text(trial.value()),
        KebabCase.of(trial.state()));
  }
}

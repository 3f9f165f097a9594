package org.modelzoo.report.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Trial;

/** What trials reached at each rung, and how many went on. */
final class Rungs implements StudySection {
  @Override
  public Optional<Section> of(ReportedStudy study) {
    Map<Integer, List<Double>> values = new TreeMap<>();
    Map<Integer, Integer> diverged = new HashMap<>();
    List<Chart.Line> lines = new ArrayList<>();
    Set<Integer> shown = study.shown().stream().map(Trial::number).collect(Collectors.toSet());
    for (Trial trial : study.trials()) {
      List<double[]> points = new ArrayList<>();
      trial
          .outcomes()
          .forEach(
              (resource, outcome) -> {
                if (outcome.hasValue()) {
                  points.add(new double[] {resource, outcome.value()});
                  values.computeIfAbsent(resource, key -> new ArrayList<>()).add(outcome.value());
                } else if (outcome.status() == RungOutcome.Status.DIVERGED) {
                  diverged.merge(resource, 1, Integer::sum);
                }
              });
      if (!points.isEmpty() && shown.contains(trial.number())) {
        lines.add(new Chart.Line("trial " + trial.number(), points.size() - 1, points));
      }
    }
    if (values.size() < 2) {
      return Optional.empty();
    }
    DataTable table =
        new DataTable(1, List.of(study.resource(), "trials", "best", "median", "diverged"));
    Comparator<Double> better = Comparator.comparingDouble(study.direction()::loss);
    values.forEach(
        (resource, reached) -> {
          List<Double> sorted = reached.stream().sorted(better).toList();
          table.add(
              List.of(
                  Integer.toString(resource),
                  Integer.toString(sorted.size()),
                  Values.text(sorted.get(0)),
                  Formats.digits(median(sorted), 4),
                  Integer.toString(diverged.getOrDefault(resource, 0))));
        });
    return Optional.of(
        Section.of(
            "rungs",
            "Rungs",
            "Each line is a trial with its value at every rung that it finished; those that went equally far have the same colour."
                + study.thinned(),
            Figure.of(
                "Values of the trials over their rungs",
                new Chart.Curves(new Chart.Axes(study.resource(), study.objective()), lines),
                table)));
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

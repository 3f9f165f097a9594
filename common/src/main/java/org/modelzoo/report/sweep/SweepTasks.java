package org.modelzoo.report.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.modelzoo.report.SweepResult;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** The accuracy of each task with each setting. */
final class SweepTasks {
  private SweepTasks() {}

  static Optional<Section> of(ReportedSweep sweep) {
    Map<String, List<SweepResult>> bySetting = new LinkedHashMap<>();
    for (SweepFile.Experiment experiment : sweep.sweep().experiments()) {
      List<SweepResult> runs =
          bySetting.computeIfAbsent(
              experiment.on(sweep.sweep().settings()), setting -> new ArrayList<>());
      sweep.results().stream()
          .filter(result -> result.experiment().equals(experiment.label()))
          .forEach(runs::add);
    }
    bySetting.values().removeIf(List::isEmpty);
    Set<String> tasks = new LinkedHashSet<>();
    sweep.results().forEach(result -> tasks.addAll(result.summary().perTaskAccuracy().keySet()));
    if (bySetting.size() < 2) {
      return Optional.empty();
    }
    List<String> header = new ArrayList<>(List.of("task"));
    header.addAll(bySetting.keySet());
    DataTable table = new DataTable(1, header);
    for (String task : tasks) {
      table.add(
          task,
          bySetting.values().stream()
              .map(runs -> mean(runs, task))
              .map(mean -> mean.isPresent() ? Formats.percent(mean.getAsDouble()) : ""));
    }
    List<Chart.Values> values = new ArrayList<>();
    bySetting.forEach(
        (setting, runs) -> values.add(new Chart.Values(setting, points(runs, tasks))));
    return Optional.of(
        Section.of(
            "tasks",
            "Tasks",
            "Test accuracy of each task at the end with each setting, the mean over the repetitions.",
            Figure.of(
                "Test accuracy of each task with each setting",
                new Chart.Dots("test accuracy, %", List.copyOf(tasks), values),
                table)));
  }

  private static List<Double> points(List<SweepResult> runs, Set<String> tasks) {
    List<Double> points = new ArrayList<>();
    for (String task : tasks) {
      OptionalDouble mean = mean(runs, task);
      points.add(mean.isPresent() ? 100 * mean.getAsDouble() : null);
    }
    return points;
  }

  private static OptionalDouble mean(List<SweepResult> runs, String task) {
    return runs.stream()
        .map(run -> run.summary().perTaskAccuracy().get(task))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average();
  }
}

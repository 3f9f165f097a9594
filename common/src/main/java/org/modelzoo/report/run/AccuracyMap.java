package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** The accuracy matrix as a heat map. */
final class AccuracyMap implements RunSection {
  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    AccuracyMatrix matrix = run.matrix();
    if (!run.isMeasured()) {
      return Optional.empty();
    }
    List<Integer> rounds = Rounds.shown(matrix.rounds());
    List<Chart.Cell> cells = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("task"));
    rounds.forEach(round -> header.add(Rounds.label(round)));
    DataTable table = new DataTable(1, header);
    List<Integer> tasks = Tasks.shown(run);
    for (int row = 0; row < tasks.size(); row++) {
      int task = tasks.get(row);
      for (int column = 0; column < rounds.size(); column++) {
        double accuracy = matrix.accuracy(rounds.get(column), task);
        if (!Double.isNaN(accuracy)) {
          String text = Formats.percent(accuracy);
          cells.add(new Chart.Cell(column, row, 100 * accuracy, text, List.of()));
        }
      }
      table.add(
          run.task(task),
          rounds.stream().map(round -> Formats.percent(matrix.accuracy(round, task))));
    }
    double low = cells.stream().mapToDouble(Chart.Cell::value).min().orElse(0);
    return Optional.of(
        Section.of(
            "accuracy-matrix",
            "Accuracy matrix",
            "a[t][i]: rows are tasks i, columns rounds t. Where the numbers of a row fall to the right, the task was forgotten."
                + Rounds.thinned(matrix.rounds())
                + Tasks.thinned(run),
            Figure.of(
                "Heat map of test accuracy by task and round",
                new Chart.HeatMap(
                    new Chart.Axes("round", "task"),
                    rounds.stream().map(Rounds::label).toList(),
                    Tasks.names(run, tasks),
                    new Chart.Scale(
                        "sequential", Math.floor(low / 10) * 10, 100, "test accuracy, %"),
                    cells,
                    List.of()),
                table)));
  }
}

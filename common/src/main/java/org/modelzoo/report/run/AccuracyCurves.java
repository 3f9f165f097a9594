package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** Test accuracy of every task over the rounds. */
final class AccuracyCurves implements RunSection {
  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    AccuracyMatrix matrix = run.matrix();
    if (matrix.rounds() < 2) {
      return Optional.empty();
    }
    List<Integer> rounds = Rounds.shown(matrix.rounds());
    List<Chart.Line> lines = new ArrayList<>();
    List<Integer> tasks = Tasks.shown(run);
    for (int task : tasks) {
      lines.add(new Chart.Line(run.task(task), task, points(matrix, rounds, task)));
    }
    List<String> header = new ArrayList<>(List.of("round"));
    header.addAll(Tasks.names(run, tasks));
    DataTable table = new DataTable(1, header);
    rounds.forEach(round -> table.add(Rounds.label(round), row(matrix, round, tasks)));
    return Optional.of(
        Section.of(
            "accuracy",
            "Accuracy over the rounds",
            "Test accuracy of the ensemble on every task after each round. Touch a name to hide its curve."
                + Rounds.thinned(matrix.rounds())
                + Tasks.thinned(run),
            Figure.of(
                "Test accuracy of each task over the rounds",
                new Chart.Lines(new Chart.Axes("round", "test accuracy, %"), lines),
                table)));
  }

  private static List<double[]> points(AccuracyMatrix matrix, List<Integer> rounds, int task) {
    return rounds.stream()
        .filter(round -> !Double.isNaN(matrix.accuracy(round, task)))
        .map(round -> new double[] {round + 1, 100 * matrix.accuracy(round, task)})
        .toList();
  }

  private static Stream<String> row(AccuracyMatrix matrix, int round, List<Integer> tasks) {
    return tasks.stream().map(task -> Formats.percent(matrix.accuracy(round, task)));
  }
}

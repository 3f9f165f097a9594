package org.modelzoo.report.run;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;

/** Average accuracy of several runs over their rounds. */
final class AverageCurves {
  private AverageCurves() {}

  /** Empty where fewer than two of them have more than one round. */
  static Optional<DomContent> of(List<ReportedRun> runs, List<String> labels) {
    if (runs.stream().filter(run -> run.matrix().rounds() > 1).count() < 2) {
      return Optional.empty();
    }
    List<Chart.Line> lines = new ArrayList<>();
    DataTable table = new DataTable(1, List.of("run", "round", "average accuracy, %"));
    for (int i = 0; i < runs.size(); i++) {
      AccuracyMatrix matrix = runs.get(i).matrix();
      List<double[]> points = new ArrayList<>();
      for (int round : Rounds.shown(matrix.rounds())) {
        double average = matrix.average(round);
        points.add(new double[] {round + 1, 100 * average});
        table.add(List.of(labels.get(i), Rounds.label(round), Formats.percent(average)));
      }
      lines.add(new Chart.Line(labels.get(i), i, points));
    }
    return Optional.of(
        Figure.of(
            "Average accuracy of each run over its rounds",
            new Chart.Lines(new Chart.Axes("round", "average accuracy, %"), lines),
            table));
  }
}

package org.modelzoo.report.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.report.Interval;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** Average accuracy over the rounds for each setting, with a band over its repetitions. */
final class SweepCurves {
  private SweepCurves() {}

  static Optional<Section> of(ReportedSweep sweep) {
    List<Chart.Line> lines = new ArrayList<>();
    DataTable table = new DataTable(1, List.of("setting", "round", "runs", "mean, %", "± 95 %"));
    Map<String, List<double[]>> bySetting = new LinkedHashMap<>();
    for (SweepFile.Experiment experiment : sweep.sweep().experiments()) {
      String setting = experiment.on(sweep.sweep().settings());
      List<double[]> curves = bySetting.computeIfAbsent(setting, key -> new ArrayList<>());
      Optional.ofNullable(sweep.curves().get(experiment.label())).ifPresent(curves::add);
    }
    for (Map.Entry<String, List<double[]>> entry : bySetting.entrySet()) {
      String setting = entry.getKey();
      List<double[]> curves = entry.getValue();
      List<double[]> points = new ArrayList<>();
      int rounds = curves.stream().mapToInt(curve -> curve.length).max().orElse(0);
      for (int round = 0; round < rounds; round++) {
        Interval interval = interval(curves, round);
        points.add(point(round, interval));
        table.add(
            List.of(
                setting,
                Integer.toString(round + 1),
                Integer.toString(interval.count()),
                Formats.percent(interval.mean()),
                Formats.percent(interval.halfWidth())));
      }
      if (!points.isEmpty()) {
        lines.add(new Chart.Line(setting, lines.size(), points));
      }
    }
    if (lines.stream().noneMatch(line -> line.points().size() > 1)) {
      return Optional.empty();
    }
    return Optional.of(
        Section.of(
            "curves",
            "Accuracy over the rounds",
            "Average test accuracy over the tasks known after each round: the mean over the repetitions, and the 95 % confidence interval of the mean by Student's t. Methods of one round are a point.",
            Figure.of(
                "Average accuracy over the rounds for each setting",
                new Chart.Lines(new Chart.Axes("round", "average accuracy, %"), lines),
                table)));
  }

  private static Interval interval(List<double[]> curves, int round) {
    return Interval.of(
        curves.stream()
            .filter(curve -> round < curve.length)
            .mapToDouble(curve -> curve[round])
            .toArray());
  }

  private static double[] point(int round, Interval interval) {
    double mean = 100 * interval.mean();
    double half = 100 * interval.halfWidth();
    return Double.isNaN(half)
        ? new double[] {round + 1, mean}
        : new double[] {round + 1, mean, Math.max(0, mean - half), Math.min(100, mean + half)};
  }
}

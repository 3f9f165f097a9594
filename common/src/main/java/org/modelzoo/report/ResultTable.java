package org.modelzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.modelzoo.metrics.ContinualMeasures;

/** Per-task test accuracies of one or more methods side by side, as text for a terminal. */
public final class ResultTable {
  private ResultTable() {}

  /**
   * The table, in percent, the first summary against each of the others.
   *
   * @param summaries of runs over the same tasks, the run itself first
   */
  public static String of(List<RunSummary> summaries) {
    RunSummary run = summaries.get(0);
    List<RunSummary> baselines = summaries.subList(1, summaries.size());
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("task", run.method()));
    baselines.forEach(baseline -> header.addAll(List.of(baseline.method(), "gain")));
    rows.add(header);
    run.perTaskAccuracy()
        .forEach(
            (task, accuracy) -> {
              List<String> row = new ArrayList<>(List.of(task, percent(accuracy)));
              baselines.forEach(
                  baseline -> compare(row, accuracy, baseline.perTaskAccuracy().get(task)));
              rows.add(row);
            });
    List<String> average = new ArrayList<>(List.of("average", percent(run.averageAccuracy())));
    baselines.forEach(
        baseline -> compare(average, run.averageAccuracy(), baseline.averageAccuracy()));
    return layOut(rows, average) + measures(run);
  }

  private static void compare(List<String> row, double accuracy, double baseline) {
    row.add(percent(baseline));
    row.add(format("%+.1f", 100 * (accuracy - baseline)));
  }

  private static String percent(double share) {
    return format("%.1f", 100 * share);
  }

  private static String layOut(List<List<String>> rows, List<String> last) {
    List<List<String>> all = new ArrayList<>(rows);
    all.add(last);
    int[] widths = new int[last.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    String rule = "-".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1));
    for (int r = 0; r < all.size(); r++) {
      if (r == 1 || r == all.size() - 1) {
        text.append(rule).append('\n');
      }
      for (int i = 0; i < widths.length; i++) {
        String cell = all.get(r).get(i);
        String padding = " ".repeat(widths[i] - cell.length());
        text.append(i == 0 ? cell + padding : "  " + padding + cell);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String measures(RunSummary run) {
    ContinualMeasures measures =
        new ContinualMeasures(
            run.averageAccuracy(),
            run.learningAccuracy(),
            run.forgetting(),
            run.backwardTransfer() == null ? Double.NaN : run.backwardTransfer());
    return measures.list().stream()
        .filter(measure -> !Double.isNaN(measure.value()))
        .map(
            measure ->
                format("%-18s %7.4f  %s\n", measure.name(), measure.value(), measure.formula()))
        .collect(Collectors.joining());
  }

  /** With a decimal point, wherever the terminal is. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

package org.modelzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.Method;
import org.modelzoo.metrics.ContinualMeasures;

/** Per-task test accuracies of one or more methods side by side, as text for a terminal. */
public final class ResultTable {
  private static final String MEASURE = "%-18s %7.4f  %s\n";

  private ResultTable() {}

  /**
   * The table, in percent, the first summary against each of the others.
   *
   * @param summaries of runs over the same tasks, the run itself first
   */
  public static String of(List<RunSummary> summaries) {
    RunSummary run = summaries.get(0);
    List<RunSummary> baselines = summaries.subList(1, summaries.size());
    List<String> header = new ArrayList<>(List.of("task", run.method()));
    baselines.forEach(baseline -> header.addAll(List.of(baseline.method(), "gain")));
    TextTable table = new TextTable(1, header);
    run.perTaskAccuracy()
        .forEach(
            (task, accuracy) -> {
              List<String> row = new ArrayList<>(List.of(task, percent(accuracy)));
              baselines.forEach(
                  baseline -> compare(row, accuracy, baseline.perTaskAccuracy().get(task)));
              table.add(row);
            });
    List<String> average = new ArrayList<>(List.of("average", percent(run.averageAccuracy())));
    baselines.forEach(
        baseline -> compare(average, run.averageAccuracy(), baseline.averageAccuracy()));
    table.rule();
    table.add(average);
    return table + measures(run) + forwardTransfer(summaries) + "\n" + costs(summaries);
  }

  private static String forwardTransfer(List<RunSummary> summaries) {
    RunSummary run = summaries.get(0);
    if (run.rounds() == 1) {
      return ""; // All tasks are learned at once.
    }
    return summaries.stream()
        .skip(1)
        .filter(other -> other.method().equals(KebabCase.of(Method.ISOLATED)))
        .map(isolated -> run.learningAccuracy() - isolated.averageAccuracy())
        .map(
            transfer ->
                format(
                    MEASURE,
                    "forward transfer",
                    transfer,
                    ContinualMeasures.FORWARD_TRANSFER_FORMULA))
        .findFirst()
        .orElse("");
  }

  private static String costs(List<RunSummary> summaries) {
    CostColumns columns = new CostColumns(summaries);
    List<String> header = new ArrayList<>(List.of("method", "members"));
    header.addAll(columns.header());
    TextTable table = new TextTable(1, header);
    for (RunSummary summary : summaries) {
      List<String> row = new ArrayList<>(List.of(summary.method()));
      row.add(Integer.toString(summary.members()));
      row.addAll(columns.cells(List.of(summary)));
      table.add(row);
    }
    return table.toString();
  }

  private static void compare(List<String> row, double accuracy, double baseline) {
    row.add(percent(baseline));
    row.add(format("%+.1f", 100 * (accuracy - baseline)));
  }

  private static String percent(double share) {
    return format("%.1f", 100 * share);
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
        .map(measure -> format(MEASURE, measure.name(), measure.value(), measure.formula()))
        .collect(Collectors.joining());
  }

  /** With a decimal point, wherever the terminal is. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

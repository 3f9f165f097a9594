package org.modelzoo.spark.cli;

import java.util.List;
import java.util.Locale;
import org.modelzoo.report.TextTable;
import org.modelzoo.spark.benchmark.RoundResult;

/** The result of {@code benchmark round} for a terminal. */
final class BenchmarkRoundTable {
  private BenchmarkRoundTable() {}

  static String of(RoundResult result, int width) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "round",
                "wall s",
                "bare s",
                "efficiency",
                "before s",
                "training s",
                "(bare)",
                "evaluation s",
                "(bare)",
                "commit s"));
    boolean several = result.rounds().size() > 1;
    for (RoundResult.Round round : result.rounds()) {
      String name = Integer.toString(round.round() + 1);
      table.add(
          List.of(
              several && round.round() == 0 ? name + " (warm-up)" : name,
              number("%.2f", round.wallSeconds()),
              number("%.2f", round.bareSeconds()),
              number("%.1f %%", 100 * round.efficiency()),
              number("%.2f", round.beforeSeconds()),
              number("%.2f", round.trainingSeconds()),
              number("%.2f", round.bareTrainingSeconds()),
              number("%.2f", round.evaluationSeconds()),
              number("%.2f", round.bareEvaluationSeconds()),
              number("%.2f", round.commitSeconds())));
    }
    table.rule();
    table.add(
        List.of(
            several ? "counted" : "all",
            number("%.2f", result.wallSeconds()),
            number("%.2f", result.bareSeconds()),
            number("%.1f %%", 100 * result.efficiency()),
            "",
            "",
            "",
            "",
            "",
            ""));
    return BenchmarkTable.machine(
            result.processor(), result.cores(), result.java(), result.backend(), result.version())
        + number(
            "%s, batch %d, %d at once, threads each: %d; %.1f training images/s, peak %.0f MB%n",
            result.network(),
            result.batch(),
            result.members(),
            result.threads(),
            result.imagesPerSecond(),
            result.peakRssMb())
        + number(
            "bare step %.2f ms (before the rounds %.2f, after them %.2f), bare evaluation batch %.2f ms%n%n",
            result.stepMsMedian(),
            result.stepMsBefore(),
            result.stepMsAfter(),
            result.evaluationMsMedian())
        + table.fit(width, List.of("commit s", "before s"));
  }

  /** With a decimal point, wherever the terminal is. */
  private static String number(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

package org.modelzoo.spark.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.modelzoo.report.TextTable;

/** The results of scale measurements as text for a terminal. */
public final class ScaleTable {
  private ScaleTable() {}

  /** The table, a line below each whole case. */
  public static String of(List<ScaleResult> results) {
    TextTable table =
        new TextTable(
            2, List.of("measurement", "size", "seconds", "busy", "heap MB", "ms", "target", "met"));
    for (ScaleResult result : results) {
      table.add(
          List.of(
              result.measurement(),
              result.size().toString(),
              format("%.3f", result.seconds()),
              result.busyShare().map(share -> format("%.1f %%", 100 * share)).orElse(""),
              format("%d", result.heapMegabytes()),
              result.milliseconds().entrySet().stream()
                  .map(time -> time.getKey() + format(" %.0f", time.getValue()))
                  .collect(Collectors.joining(", ")),
              result.target().orElse(""),
              result.met().map(met -> met ? "yes" : "no").orElse("")));
      if (result.grown().isEmpty()) {
        table.rule();
      }
    }
    return table.toString();
  }

  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}

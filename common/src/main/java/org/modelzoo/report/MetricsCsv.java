package org.modelzoo.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.modelzoo.store.Predictions.Split;

/**
 * {@code metrics.csv}: losses (mean cross-entropy, nats) and accuracies of every member on its own
 * tasks, and of the ensemble on every task after every round.
 */
public final class MetricsCsv {
  /** What stands in the member column for the whole ensemble. */
  public static final String ENSEMBLE = "ensemble";

  private final CsvText csv =
      new CsvText(List.of("round", "method", "member", "task", "split", "loss", "accuracy"));

  /** One line. */
  public record Row(
      int round,
      String method,
      String member,
      String task,
      Split split,
      double loss,
      double accuracy) {}

  public void add(Row row) {
    csv.add(
        List.of(
            row.round(),
            row.method(),
            row.member(),
            row.task(),
            row.split().name().toLowerCase(Locale.ROOT),
            row.loss(),
            row.accuracy()));
  }

  /** The file as UTF-8. */
  public byte[] toBytes() {
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}

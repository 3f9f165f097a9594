package org.modelzoo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.modelzoo.store.Predictions.Split;

/**
 * {@code metrics.csv}: losses (mean cross-entropy, nats) and accuracies of every member on its own
 * tasks, and of the ensemble on every task after every round.
 */
public final class MetricsCsv {
  /** What stands in the member column for the whole ensemble. */
  public static final String ENSEMBLE = "ensemble";

  private final List<Row> rows = new ArrayList<>();

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
    rows.add(row);
  }

  /** The file as UTF-8. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv =
        new CSVPrinter(
            text,
            CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator('\n')
                .setHeader("round", "method", "member", "task", "split", "loss", "accuracy")
                .build())) {
      for (Row row : rows) {
        csv.printRecord(
            row.round(),
            row.method(),
            row.member(),
            row.task(),
            row.split().name().toLowerCase(Locale.ROOT),
            row.loss(),
            row.accuracy());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder doesn't fail", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}

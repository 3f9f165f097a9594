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

  /** A line but for its round. */
  public record Row(
      String method, String member, String task, Split split, double loss, double accuracy) {
    /** The row as text, to be written down after as many rounds as it is true for. */
    public Text text() {
      String values =
          CsvText.line(
              List.of(method, member, task, split.name().toLowerCase(Locale.ROOT), loss, accuracy));
      return new Text("," + values);
    }
  }

  /** A {@link Row} ready for the file. */
  public record Text(String values) {}

  /** Adds a line. */
  public void add(int round, Text row) {
    csv.add(round, row.values());
  }

  /**
   * The lines of such a file, but for their rounds.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  public static List<Row> read(String text) {
    return CsvText.read(text).stream().skip(1).map(MetricsCsv::row).toList();
  }

  private static Row row(List<String> line) {
    return new Row(
        line.get(1),
        line.get(2),
        line.get(3),
        Split.valueOf(line.get(4).toUpperCase(Locale.ROOT)),
        Double.parseDouble(line.get(5)),
        Double.parseDouble(line.get(6)));
  }

  /** The file as UTF-8. */
  public byte[] toBytes() {
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}

package org.modelzoo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.modelzoo.store.Predictions.Split;

/**
 * {@code metrics.csv}: losses (mean cross-entropy, nats) and accuracies of every member on its own
 * tasks, and of the ensemble on every task after every round.
 *
 * <p>Holds what is new in each round and no text of the whole file, in which the ensemble's lines
 * of every task stand again after every round. Lives on the driver.
 */
public final class MetricsCsv {
  /** What stands in the member column for the whole ensemble. */
  public static final String ENSEMBLE = "ensemble";

  private static final List<String> HEADER =
      List.of("round", "method", "member", "task", "split", "loss", "accuracy");

  private final List<Round> rounds = new ArrayList<>();
  private final Map<Integer, List<Text>> ensemble = new TreeMap<>();
  private long ensembleBytes;
  private int ensembleLines;
  private long bytes = CsvText.line(HEADER).length();

  /** A line but for its round. */
  public record Row(
      String method, String member, String task, Split split, double loss, double accuracy) {
    /** The row as text, to be written down after as many rounds as it is true for. */
    public Text text() {
      String values =
          CsvText.line(
              List.of(method, member, task, split.name().toLowerCase(Locale.ROOT), loss, accuracy));
      return new Text(("," + values).getBytes(UTF_8));
    }
  }

  /** A {@link Row} ready for the file, as UTF-8. */
  public record Text(byte[] values) {}

  private record Round(int number, List<Text> members, Map<Integer, List<Text>> ensemble) {}

  /**
   * Adds a round.
   *
   * @param members the lines of its members
   * @param changed the ensemble's lines of the tasks, by their indices, that are not what they were
   *     after the round before; those of all other tasks so far are written again as they were
   */
  public void add(int round, List<Text> members, Map<Integer, List<Text>> changed) {
    rounds.add(new Round(round, List.copyOf(members), Map.copyOf(changed)));
    changed.forEach(
        (task, lines) -> {
          List<Text> before = ensemble.put(task, lines);
          ensembleBytes += bytes(lines) - (before == null ? 0 : bytes(before));
          ensembleLines += lines.size() - (before == null ? 0 : before.size());
        });
    int digits = Integer.toString(round).length();
    bytes += bytes(members) + ensembleBytes + (long) digits * (members.size() + ensembleLines);
  }

  private static long bytes(List<Text> lines) {
    return lines.stream().mapToLong(line -> line.values().length).sum();
  }

  /** How long the file is. */
  public long bytes() {
    return bytes;
  }

  /** Writes the file as UTF-8. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(CsvText.line(HEADER).getBytes(UTF_8));
    Map<Integer, List<Text>> lines = new TreeMap<>();
    for (Round round : rounds) {
      byte[] number = Integer.toString(round.number()).getBytes(UTF_8);
      write(number, round.members(), out);
      lines.putAll(round.ensemble());
      for (List<Text> ofTask : lines.values()) {
        write(number, ofTask, out);
      }
    }
  }

  private static void write(byte[] round, List<Text> lines, OutputStream out) throws IOException {
    for (Text line : lines) {
      out.write(round);
      out.write(line.values());
    }
  }

  /**
   * Reads the members' lines of such a file, but for their rounds, one at a time; leaves out the
   * ensemble's, which are nearly all of a large one.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  public static void readMembers(Reader text, Consumer<Row> rows) throws IOException {
    CsvText.read(
        text,
        line -> !line.startsWith(ENSEMBLE, 1 + line.indexOf(',', 1 + line.indexOf(','))),
        line -> {
          if (!line.get(0).equals(HEADER.get(0))) {
            rows.accept(row(line));
          }
        });
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
}

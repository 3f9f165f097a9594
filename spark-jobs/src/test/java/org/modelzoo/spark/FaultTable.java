package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Faults and what became of them, as a table of docs/reliability.md. */
final class FaultTable {
  /** The page's first table has further columns, of other classes such as {@code S3IT}. */
  private static final String HEAD =
      """
      | fault | how it is injected | what happened | commands until finished | files equal |
      |---|---|---|---|---|
      """;

  private static final int COLUMNS = 5;

  private final Map<String, Row> rows = new ConcurrentSkipListMap<>();

  /**
   * One fault.
   *
   * @param happened message and exit code of the program
   * @param commands how often the same command was given, the first time included
   */
  record Row(String fault, String injected, String happened, int commands, boolean equal) {
    private String text() {
      return "| %s | %s | %s | %d | %s |%n"
          .formatted(fault, injected, happened, commands, equal ? "yes" : "NO");
    }
  }

  /**
   * Adds a row.
   *
   * @param place by which rows are sorted
   */
  void add(String place, Row row) {
    rows.put(place, row);
  }

  /** Prints the table, and leaves it in a file of the build. */
  void publish(String file) throws IOException {
    Files.writeString(Path.of("target", file), text());
    System.out.println(text());
  }

  private String text() {
    StringBuilder text = new StringBuilder(HEAD);
    rows.values().forEach(row -> text.append(row.text()));
    return text.toString();
  }

  /** What was added, by its first column. */
  Map<String, List<String>> rows() {
    return byFault(text().lines());
  }

  /** The rows of the table below a heading of a page without its further columns. */
  static Map<String, List<String>> rowsOf(Path page, String heading) throws IOException {
    return byFault(
        Files.readAllLines(page).stream()
            .dropWhile(line -> !line.equals("### " + heading))
            .skip(1)
            .takeWhile(line -> !line.startsWith("#")));
  }

  private static Map<String, List<String>> byFault(Stream<String> lines) {
    Map<String, List<String>> rows = new TreeMap<>();
    cells(lines)
        .forEach(row -> rows.put(row.get(0), row.subList(0, Math.min(COLUMNS, row.size()))));
    return rows;
  }

  /** Whether a fault of a page was tried on S3 and nowhere else. */
  static boolean isOfS3Alone(List<String> row) {
    return row.get(COLUMNS - 1).equals("—");
  }

  /** The faults that a page says were tried, in a further column of this head. */
  static SortedSet<String> tried(Path page, String column) throws IOException {
    List<String> lines = Files.readAllLines(page);
    int place =
        lines.stream()
            .filter(line -> line.startsWith("| fault |"))
            .mapToInt(line -> cellsOf(line).indexOf(column))
            .max()
            .orElseThrow();
    assertThat(place).as("column '%s' of %s", column, page).isGreaterThanOrEqualTo(COLUMNS);
    return cells(lines.stream())
        .filter(row -> row.size() > place && row.get(place).equals("yes"))
        .map(row -> row.get(0))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<List<String>> cells(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith("| ") && !line.startsWith("| fault |"))
        .map(FaultTable::cellsOf);
  }

  private static List<String> cellsOf(String line) {
    return List.of(line.substring(2, line.lastIndexOf(" |")).split(" \\| "));
  }
}

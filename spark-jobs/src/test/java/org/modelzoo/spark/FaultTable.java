package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Faults and what became of them, as the table of docs/reliability.md. */
final class FaultTable {
  /** The page has a further column, which is that of {@code S3IT}. */
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

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    rows.values().forEach(row -> text.append(row.text()));
    return text.toString();
  }

  /** The rows of the table in a page without the column of S3, by their first column. */
  static Map<String, List<String>> rowsOf(Path page) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    cells(page).forEach(row -> rows.put(row.get(0), row.subList(0, Math.min(COLUMNS, row.size()))));
    return rows;
  }

  /** The column of S3 in a page, by the first column. */
  static Map<String, String> onS3(Path page) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    cells(page)
        .filter(row -> row.size() > COLUMNS)
        .forEach(row -> rows.put(row.get(0), row.get(COLUMNS)));
    return rows;
  }

  private static Stream<List<String>> cells(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| fault |"))
        .map(line -> List.of(line.substring(2, line.lastIndexOf(" |")).split(" \\| ")));
  }
}

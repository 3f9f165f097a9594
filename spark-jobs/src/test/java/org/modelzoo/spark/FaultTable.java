package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Faults and what became of them, as the table of docs/reliability.md. */
final class FaultTable {
  private static final String HEAD =
      """
      | fault | how it is injected | what happened | commands until finished | files equal |
      |---|---|---|---|---|
      """;

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

  /** The lines of the table in a page, by their first column. */
  static Map<String, String> rowsOf(Path page) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| fault |"))
        .forEach(line -> rows.put(line.split(" \\| ", 2)[0], line));
    return rows;
  }
}

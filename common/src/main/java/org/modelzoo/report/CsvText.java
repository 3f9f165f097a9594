package org.modelzoo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Comma-separated text in memory, lines ended by a line feed. */
final class CsvText {
  private final StringBuilder text = new StringBuilder();

  CsvText(List<?> header) {
    add(header);
  }

  void add(List<?> row) {
    print(row, text);
  }

  /** Adds a line whose first value is a number and whose rest is text already. */
  void add(int first, String rest) {
    text.append(first).append(rest);
  }

  /** One line as text. */
  static String line(List<?> row) {
    StringBuilder line = new StringBuilder();
    print(row, line);
    return line.toString();
  }

  private static void print(List<?> row, StringBuilder text) {
    try (CSVPrinter printer =
        new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build())) {
      printer.printRecord(row);
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder doesn't fail", e);
    }
  }

  /**
   * Lines and their values.
   *
   * @throws IllegalArgumentException if it isn't such text
   */
  static List<List<String>> read(String text) {
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.DEFAULT)) {
      return parser.stream().map(CSVRecord::toList).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

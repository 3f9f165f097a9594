package org.modelzoo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Comma-separated text in memory, lines ended by a line feed. */
final class CsvText {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();

  private final StringBuilder text = new StringBuilder();

  CsvText(List<?> header) {
    add(header);
  }

  void add(List<?> row) {
    print(row, text);
  }

  /** One line as text. */
  static String line(List<?> row) {
    StringBuilder line = new StringBuilder();
    print(row, line);
    return line.toString();
  }

  private static void print(List<?> row, StringBuilder text) {
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      printer.printRecord(row);
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder doesn't fail", e);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

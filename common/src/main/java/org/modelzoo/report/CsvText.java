package org.modelzoo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Comma-separated text in memory, lines ended by a line feed. */
final class CsvText {
  private final StringBuilder text = new StringBuilder();

  CsvText(List<?> header) {
    add(header);
  }

  void add(List<?> row) {
    try (CSVPrinter printer =
        new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build())) {
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

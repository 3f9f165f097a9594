package org.modelzoo.report;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;

/** Comma-separated text in memory, lines ended by a line feed. */
final class CsvText {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();
  private static final int BUFFER = 1 << 16;

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

  /**
   * Reads lines, one at a time.
   *
   * @param wanted looks at a line as it stands in the file; the others are not taken apart
   * @param rows takes the values of each line
   * @throws IllegalArgumentException if it isn't such text
   */
  static void read(Reader text, Predicate<String> wanted, Consumer<List<String>> rows)
      throws IOException {
    StringBuilder line = new StringBuilder();
    boolean quoted = false;
    char[] buffer = new char[BUFFER];
    for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      int from = 0;
      for (int i = 0; i < read; i++) {
        quoted ^= buffer[i] == '"';
        if (buffer[i] == '\n' && !quoted) {
          take(line.append(buffer, from, i + 1 - from), wanted, rows);
          from = i + 1;
        }
      }
      line.append(buffer, from, read - from);
    }
    take(line, wanted, rows);
  }

  private static void take(
      StringBuilder line, Predicate<String> wanted, Consumer<List<String>> rows) {
    String whole = line.toString();
    line.setLength(0);
    if (whole.isEmpty() || !wanted.test(whole)) {
      return;
    }
    try (CSVParser parser = CSVParser.parse(whole, CSVFormat.DEFAULT)) {
      parser.forEach(row -> rows.accept(row.toList()));
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

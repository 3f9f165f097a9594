package org.modelzoo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.modelzoo.base.TerminalText;

/**
 * A table for a terminal: names to the left, numbers to the right, as narrow as it goes.
 *
 * <p>{@link #fit} leaves out columns, the least important first, where a terminal is too narrow.
 */
public final class TextTable {
  private static final List<String> RULE = List.of();

  private final int names;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param names columns from the first on that hold words, not numbers
   */
  public TextTable(int names, List<String> header) {
    this.names = names;
    rows.add(List.copyOf(header));
    rule();
  }

  /** Adds a row of as many cells as the header has; each is one line, whatever is in it. */
  public void add(List<String> row) {
    rows.add(row.stream().map(TerminalText::line).toList());
  }

  /** Draws a line below what is there. */
  public void rule() {
    rows.add(RULE);
  }

  /**
   * The table, at most so many characters wide if leaving out columns can do it.
   *
   * @param expendable names of columns, the least important first
   */
  public String fit(int width, List<String> expendable) {
    List<Integer> shown = new ArrayList<>();
    IntStream.range(0, rows.get(0).size()).forEach(shown::add);
    for (String name : expendable) {
      if (width(shown) > width) {
        shown.remove((Integer) rows.get(0).indexOf(name));
      }
    }
    return text(shown);
  }

  @Override
  public String toString() {
    return fit(Integer.MAX_VALUE, List.of());
  }

  private int width(List<Integer> shown) {
    return shown.stream().mapToInt(this::columnWidth).sum() + 2 * (shown.size() - 1);
  }

  private int columnWidth(int column) {
    return rows.stream()
        .filter(row -> row != RULE)
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElseThrow();
  }

  private String text(List<Integer> shown) {
    StringBuilder text = new StringBuilder();
    int[] widths = new int[rows.get(0).size()];
    Arrays.setAll(widths, this::columnWidth);
    for (List<String> row : rows) {
      if (row == RULE) {
        text.append("-".repeat(width(shown))).append('\n');
      } else {
        appendRow(text, row, shown, widths);
      }
    }
    return text.toString();
  }

  private void appendRow(StringBuilder text, List<String> row, List<Integer> shown, int[] widths) {
    int lineStart = text.length();
    for (int column : shown) {
      String cell = row.get(column);
      String padding = " ".repeat(widths[column] - cell.length());
      text.append(text.length() > lineStart ? "  " : "");
      text.append(column < names ? cell + padding : padding + cell);
    }
    text.append('\n');
  }
}

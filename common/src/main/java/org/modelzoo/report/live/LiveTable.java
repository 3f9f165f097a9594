package org.modelzoo.report.live;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.modelzoo.report.TextTable;

/**
 * A table of a live view.
 *
 * @param title one line above it, which also names it
 * @param names columns from the first on that hold words, not numbers
 * @param rows of as many cells as the header has
 * @param expendable names of columns that narrow terminals go without, the least important first
 */
public record LiveTable(
    String title,
    int names,
    List<String> header,
    List<List<String>> rows,
    List<String> expendable) {
  public LiveTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    expendable = List.copyOf(expendable);
    requireNonNull(title, "title");
    int columns = header.size();
    if (rows.stream().anyMatch(row -> row.size() != columns) || !header.containsAll(expendable)) {
      throw new IllegalArgumentException("the parts of table " + title + " don't fit together");
    }
  }

  /** The table without its title, in at most so many columns if leaving some out can do it. */
  public List<String> lines(int columns) {
    TextTable table = new TextTable(names, header);
    rows.forEach(table::add);
    return table.fit(columns, expendable).lines().toList();
  }
}

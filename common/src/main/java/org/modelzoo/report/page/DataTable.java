package org.modelzoo.report.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table of a page: names to the left, numbers to the right; wide ones scroll by themselves. */
public final class DataTable {
  private final int names;
  private final List<String> header;
  private final List<DomContent> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param names columns from the first on that hold words, not numbers
   */
  public DataTable(int names, List<String> header) {
    this.names = names;
    this.header = List.copyOf(header);
  }

  /** Adds a row of as many cells as the header has. */
  public void add(List<String> cells) {
    addContent(cells.stream().map(cell -> (DomContent) text(cell)).toList());
  }

  /** Adds a row of a name and values. */
  public void add(String name, Stream<String> values) {
    add(Stream.concat(Stream.of(name), values).toList());
  }

  /** As {@link #add}, for cells that hold more than text. */
  public void addContent(List<DomContent> cells) {
    List<DomContent> row = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      row.add(
          i == 0
              ? th(cells.get(i)).attr("scope", "row")
              : td(cells.get(i)).withCondClass(i >= names, "number"));
    }
    rows.add(tr(each(row.stream())));
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** The table as part of a page. */
  public DomContent content() {
    List<DomContent> cells = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      cells.add(th(header.get(i)).attr("scope", "col").withCondClass(i >= names, "number"));
    }
    return div(table(thead(tr(each(cells.stream()))), tbody(each(rows.stream()))))
        .withClass("scroll")
        .attr("tabindex", "0");
  }
}

package org.modelzoo.report.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.span;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** A few numbers, large, side by side. */
public final class Tiles {
  private final List<DomContent> tiles = new ArrayList<>();

  /**
   * Adds a number.
   *
   * @param meaning its formula, or what it is counted over
   */
  public void add(String number, String name, String meaning) {
    tiles.add(
        div(
                span(number).withClass("value"),
                span(name).withClass("name"),
                span(meaning).withClass("formula"))
            .withClass("tile"));
  }

  /** All of them. */
  public DomContent content() {
    return div(each(tiles.stream())).withClass("tiles");
  }
}

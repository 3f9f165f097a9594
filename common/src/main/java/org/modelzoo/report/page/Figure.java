package org.modelzoo.report.page;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.summary;

import j2html.tags.DomContent;
import java.nio.charset.StandardCharsets;
import org.modelzoo.store.Json;

/** A chart, and the same as a table for those who can't see it. */
public final class Figure {
  private Figure() {}

  /**
   * The figure.
   *
   * @param label what the chart shows, for screen readers
   */
  public static DomContent of(String label, Chart chart, DataTable table) {
    return figure(
        div()
            .withClass("chart")
            .attr("role", "img")
            .attr("aria-label", label + "; the table below holds the same numbers"),
        script(rawHtml(json(chart))).withType("application/json"),
        details(summary("As a table"), table.content()).withClass("alternative"));
  }

  /** Nothing in it can end the element that it stands in. */
  private static String json(Chart chart) {
    return new String(Json.writeLine(chart), StandardCharsets.UTF_8).replace("<", "\\u003c");
  }
}

package org.modelzoo.report.page;

import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.Locale;

/** A number in a table, over a bar as long as its size. */
public final class Bar {
  private Bar() {}

  /** What a bar means, which is its colour. */
  public enum Kind {
    SHARE,
    GAIN,
    LOSS
  }

  /**
   * The number and its bar; nothing where it isn't defined.
   *
   * @param size part of the cell's width, its sign left out
   */
  public static DomContent of(String number, double size, Kind kind) {
    return Double.isNaN(size)
        ? text("")
        : span(number)
            .withClass("bar " + kind.name().toLowerCase(Locale.ROOT))
            .with(drawn(100 * Math.min(1, Math.abs(size))));
  }

  /** As a drawing and not as a style: pages may be forbidden to have styles of single elements. */
  private static DomContent drawn(double percent) {
    return tag("svg")
        .attr("viewBox", "0 0 100 1")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .with(
            tag("rect")
                .attr("x", String.format(Locale.ROOT, "%.1f", 100 - percent))
                .attr("width", String.format(Locale.ROOT, "%.1f", percent))
                .attr("height", "1"));
  }
}

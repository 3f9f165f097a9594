package org.modelzoo.report.page;

import j2html.tags.DomContent;
import java.util.List;

/**
 * A part of a page.
 *
 * @param id anchor, in kebab-case
 * @param explanation what is shown and how it is to be read, in a sentence or two
 */
public record Section(String id, String title, String explanation, List<DomContent> content) {
  public Section {
    content = List.copyOf(content);
  }

  /** A section of these parts. */
  public static Section of(String id, String title, String explanation, DomContent... content) {
    return new Section(id, title, explanation, List.of(content));
  }
}

package org.modelzoo.report.page;

import java.util.List;

/**
 * What a page says, before it is one.
 *
 * @param lead a sentence below the title
 * @param foot where it comes from
 */
public record PageContent(String title, String lead, List<Section> sections, String foot) {
  public PageContent {
    sections = List.copyOf(sections);
  }
}

package org.modelzoo.report.page;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the sections of a page. */
public final class Sections {
  private static final Pattern SECTION = Pattern.compile("<section id=\"([^\"]*)\"");

  private Sections() {}

  /** Their ids, in order. */
  public static List<String> idsOf(String page) {
    return SECTION.matcher(page).results().map(it -> it.group(1)).toList();
  }
}

package org.modelzoo.base;

import java.util.Locale;

/** How a constant such as {@code MULTI_HEAD} is written in files and messages: multi-head. */
public final class KebabCase {
  private KebabCase() {}

  /** The constant's name in lower case, words joined by hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

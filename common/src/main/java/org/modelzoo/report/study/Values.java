package org.modelzoo.report.study;

import java.util.OptionalDouble;
import org.modelzoo.report.page.Formats;

/** Values of parameters and objectives as text. */
final class Values {
  private static final int DIGITS = 4;

  private Values() {}

  static String text(Object value) {
    return value == null
        ? ""
        : value instanceof Double number ? Formats.digits(number, DIGITS) : value.toString();
  }

  static String text(OptionalDouble value) {
    return value.isPresent() ? Formats.digits(value.getAsDouble(), DIGITS) : "";
  }
}

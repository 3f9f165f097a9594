package org.modelzoo.report.study;

import java.util.OptionalDouble;
import org.modelzoo.report.page.Shown;

/** Values of parameters and objectives as text. */
final class Values {
  private static final int DIGITS = 4;

  private Values() {}

  static String text(Object value) {
    return value == null
        ? ""
        : value instanceof Double number ? Shown.digits(number, DIGITS) : value.toString();
  }

  static String text(OptionalDouble value) {
    return value.isPresent() ? Shown.digits(value.getAsDouble(), DIGITS) : "";
  }
}

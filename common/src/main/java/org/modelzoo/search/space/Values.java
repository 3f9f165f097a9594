package org.modelzoo.search.space;

import java.util.Set;

/** The types that values of parameters have. */
final class Values {
  private static final Set<Class<?>> SHORT = Set.of(Byte.class, Short.class, Integer.class);

  private Values() {}

  /** Whole numbers as Long, other numbers as Double. */
  static Object canonical(Object value) {
    if (SHORT.contains(value.getClass())) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof Long
        || value instanceof Double
        || value instanceof String
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "a value is a text, a truth value or a number, not a " + value.getClass().getName());
  }

  static void require(Domain domain, Object value) {
    if (!domain.contains(value)) {
      throw new IllegalArgumentException(value + " is not " + domain.describe());
    }
  }
}

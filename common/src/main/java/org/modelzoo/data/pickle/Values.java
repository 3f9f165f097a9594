package org.modelzoo.data.pickle;

import java.util.List;

/** Looks at values of a pickle, which may be anything. */
final class Values {
  private Values() {}

  /** Python's tuple, which never becomes a value of the result. */
  record Tuple(List<Object> values) {}

  static <T> T as(Class<T> type, Object value, String what) throws PickleFormatException {
    if (!type.isInstance(value)) {
      throw new PickleFormatException("it does not have " + what + " where one belongs");
    }
    return type.cast(value);
  }

  static String text(Object value) throws PickleFormatException {
    return as(StoredString.class, value, "a text")
        .text()
        .orElseThrow(() -> new PickleFormatException("it has a text that is too long for a name"));
  }

  static List<Object> tuple(Object value) throws PickleFormatException {
    return as(Tuple.class, value, "a tuple").values();
  }

  /** A tuple of so many values. */
  static List<Object> tuple(Object value, int size) throws PickleFormatException {
    List<Object> values = tuple(value);
    if (values.size() != size) {
      throw new PickleFormatException(
          "it has a tuple of %d values where one of %d belongs".formatted(values.size(), size));
    }
    return values;
  }
}

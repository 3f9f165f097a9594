package org.modelzoo.board;

import java.util.Comparator;
import java.util.Locale;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.NearestName;

/** How entries are sorted: by a column, with {@code -} before its name downwards. */
public final class Order {
  private Order() {}

  /**
   * Of a text such as {@code -accuracy}; what has no value comes last in either direction.
   *
   * @throws ModelZooException (configuration) if there is no such column
   */
  public static Comparator<IndexedEntry> of(String text) {
    boolean down = text.startsWith("-");
    String column = down ? text.substring(1) : text;
    if (!EntryFields.has(column)) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "can't sort by \"%s\": there is no such column; %s"
              .formatted(
                  column,
                  NearestName.among(EntryFields.names(), column)
                      .map("did you mean %s?"::formatted)
                      .orElse("take one of " + String.join(", ", EntryFields.names()))));
    }
    Comparator<Object> values = Order::compare;
    return Comparator.comparing(
            (IndexedEntry entry) -> EntryFields.value(entry.entry(), column),
            Comparator.nullsLast(down ? values.reversed() : values))
        .thenComparing(entry -> entry.entry().path());
  }

  private static int compare(Object a, Object b) {
    return a instanceof Number one && b instanceof Number other
        ? Double.compare(one.doubleValue(), other.doubleValue())
        : a.toString().toLowerCase(Locale.ROOT).compareTo(b.toString().toLowerCase(Locale.ROOT));
  }
}

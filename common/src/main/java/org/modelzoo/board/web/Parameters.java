package org.modelzoo.board.web;

import java.util.Map;
import org.eclipse.jetty.util.Fields;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** What a request asks for: parts of its path, and its query. */
final class Parameters {
  private final Map<String, String> path;
  private final Fields query;

  Parameters(Map<String, String> path, Fields query) {
    this.path = path;
    this.query = query;
  }

  String inPath(String name) {
    return path.get(name);
  }

  /** The value in the query; empty where there is none. */
  String text(String name) {
    String value = query.getValue(name);
    return value == null ? "" : value;
  }

  /**
   * A whole number in the query.
   *
   * @throws ModelZooException (configuration) if it is none, or outside its bounds
   */
  int number(String name, int otherwise, int least, int most) {
    String value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As for one outside its bounds.
    }
    throw new ModelZooException(
        ErrorKind.CONFIGURATION,
        "%s must be a whole number from %d to %d, not \"%s\"".formatted(name, least, most, value));
  }
}

package org.modelzoo.search.space;

import java.util.List;
import java.util.Map;

/**
 * Makes a parameter active only where another one has one of some values.
 *
 * @param parameter the other one's name; where it is not active itself, the condition is not
 *     fulfilled
 */
public record Condition(String parameter, List<Object> values) {
  public Condition {
    values = values.stream().map(Values::canonical).toList();
  }

  boolean isFulfilled(Map<String, Object> parameters) {
    return values.contains(parameters.get(parameter));
  }
}

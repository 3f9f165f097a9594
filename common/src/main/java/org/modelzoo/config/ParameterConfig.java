package org.modelzoo.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A configuration key that is searched.
 *
 * @param key such as {@code training.learning-rate}
 * @param values CHOICE: all of them; FIXED: the one; intervals: the lowest and the highest
 * @param step intervals: distance of neighbouring values from the lowest on; 0: none
 * @param when other keys of the space with the values of which one must be chosen for this key to
 *     be searched; empty: always
 */
public record ParameterConfig(
    String key, Kind kind, List<Object> values, double step, Map<String, List<Object>> when)
    implements Serializable {
  public ParameterConfig {
    values = List.copyOf(values);
    when = Map.copyOf(when);
  }

  /** What values there are; the words of the configuration file. */
  public enum Kind {
    CHOICE,
    UNIFORM,
    LOG_UNIFORM,
    INT,
    LOG_INT,
    FIXED
  }
}

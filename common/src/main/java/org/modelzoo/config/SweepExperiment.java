package org.modelzoo.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.modelzoo.base.KebabCase;

/**
 * One experiment of a sweep.
 *
 * @param name of its run directory inside the sweep's
 * @param values axis name → the name of its value, in the order of the axes
 */
public record SweepExperiment(String name, Map<String, String> values, LoadedConfig config) {

  /** The values of one of its methods, with the method where no axis of that name has it. */
  public Map<String, String> valuesOf(Method method) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putIfAbsent(SweepConfig.METHOD_AXIS, KebabCase.of(method));
    return all;
  }
}

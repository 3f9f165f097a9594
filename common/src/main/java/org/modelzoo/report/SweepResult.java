package org.modelzoo.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.modelzoo.config.SweepConfig;

/**
 * A finished experiment of a sweep.
 *
 * @param experiment its name
 * @param values axis name → the name of its value, in the order of the axes
 */
public record SweepResult(String experiment, Map<String, String> values, RunSummary summary) {

  /** Its values on all axes but the one that tells methods apart. */
  Map<String, String> butMethod() {
    Map<String, String> others = new LinkedHashMap<>(values);
    others.remove(SweepConfig.METHOD_AXIS);
    return others;
  }

  /** Its values on some axes. */
  Map<String, String> on(List<String> axes) {
    Map<String, String> chosen = new LinkedHashMap<>();
    axes.forEach(axis -> chosen.put(axis, values.get(axis)));
    return chosen;
  }
}

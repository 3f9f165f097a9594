package org.modelzoo.search.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameters of a search. Runs on the driver.
 *
 * <p>Samplers see it as a unit cube with a coordinate for every parameter that is not fixed; those
 * of parameters that are not active mean nothing.
 *
 * @param parameters each after those that its conditions name
 */
public record Space(List<Parameter> parameters) {
  /**
   * A space of parameters in any order.
   *
   * @throws IllegalArgumentException if a name comes twice, or a condition names no other parameter
   *     of the space, or closes a circle
   */
  public Space {
    parameters = ordered(parameters);
  }

  /** A space of these parameters. */
  public static Space of(Parameter... parameters) {
    return new Space(List.of(parameters));
  }

  private static List<Parameter> ordered(List<Parameter> parameters) {
    Map<String, Parameter> left = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (left.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException("two parameters are called " + parameter.name());
      }
    }
    List<Parameter> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Parameter> ready =
          left.values().stream()
              .filter(
                  parameter ->
                      parameter.conditions().stream()
                          .allMatch(condition -> isIn(ordered, condition.parameter())))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalArgumentException(
            "conditions name parameters that are not there, or each other: " + left.keySet());
      }
      ordered.addAll(ready);
      ready.forEach(parameter -> left.remove(parameter.name()));
    }
    return List.copyOf(ordered);
  }

  private static boolean isIn(List<Parameter> parameters, String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  /** The parameters with a coordinate, in the order of the coordinates. */
  public List<Parameter> searched() {
    return parameters.stream().filter(it -> !(it.domain() instanceof Fixed)).toList();
  }

  /** Coordinates of the unit cube. */
  public int dimensions() {
    return searched().size();
  }

  /** The active parameters at a point of the unit cube, and the fixed ones. */
  public Map<String, Object> decode(double[] point) {
    if (point.length != dimensions()) {
      throw new IllegalArgumentException(
          point.length + " coordinates for " + dimensions() + " parameters");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    int coordinate = 0;
    for (Parameter parameter : parameters) {
      double u = parameter.domain() instanceof Fixed ? 0.5 : point[coordinate++];
      if (parameter.isActive(values)) {
        values.put(parameter.name(), parameter.domain().decode(u));
      }
    }
    return values;
  }

  /** The point of the unit cube; NaN for a parameter that is not active. */
  public double[] encode(Map<String, Object> values) {
    return searched().stream()
        .mapToDouble(
            parameter ->
                values.containsKey(parameter.name())
                    ? parameter.domain().encode(values.get(parameter.name()))
                    : Double.NaN)
        .toArray();
  }

  /**
   * Values given by somebody, completed by the fixed ones and in their exact types.
   *
   * @throws IllegalArgumentException if one is missing, outside its domain, not active or unknown
   */
  public Map<String, Object> complete(Map<String, ?> given) {
    Map<String, Object> left = new TreeMap<>(given);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.isActive(values)) {
        values.put(parameter.name(), value(parameter, left.remove(parameter.name())));
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          left.keySet()
              + " not searched with these values; searched: "
              + new TreeSet<>(values.keySet()));
    }
    return values;
  }

  private static Object value(Parameter parameter, Object given) {
    if (given == null && parameter.domain() instanceof Fixed fixed) {
      return fixed.value();
    }
    if (given == null) {
      throw new IllegalArgumentException(parameter.name() + " has no value");
    }
    Object value = Values.canonical(given);
    boolean real =
        parameter.domain() instanceof Interval interval && interval.type() == Interval.Type.REAL;
    if (real && value instanceof Long number) {
      value = number.doubleValue();
    }
    if (!parameter.domain().contains(value)) {
      throw new IllegalArgumentException(
          parameter.name() + " = " + value + " is not " + parameter.domain().describe());
    }
    return value;
  }
}

package org.modelzoo.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A name with its values, such as {@code Parameter.logUniform("training.learning-rate", 1e-4,
 * 1e-1)}.
 *
 * @param conditions all of which must be fulfilled for it to be active
 */
public record Parameter(String name, Domain domain, List<Condition> conditions) {
  public Parameter {
    conditions = List.copyOf(conditions);
  }

  private Parameter(String name, Domain domain) {
    this(name, domain, List.of());
  }

  /** One of some values without an order. */
  public static Parameter choice(String name, Object... values) {
    return new Parameter(name, new Choice(List.of(values)));
  }

  /** A real number, uniform. */
  public static Parameter uniform(String name, double lowest, double highest) {
    return new Parameter(name, new Interval(lowest, highest, Scale.LINEAR, 0, Interval.Type.REAL));
  }

  /** A real number above 0 whose logarithm is uniform. */
  public static Parameter logUniform(String name, double lowest, double highest) {
    return new Parameter(
        name, new Interval(lowest, highest, Scale.LOGARITHMIC, 0, Interval.Type.REAL));
  }

  /** A whole number, uniform. */
  public static Parameter whole(String name, long lowest, long highest) {
    return new Parameter(name, new Interval(lowest, highest, Scale.LINEAR, 1, Interval.Type.WHOLE));
  }

  /** A whole number above 0 whose logarithm is uniform. */
  public static Parameter logWhole(String name, long lowest, long highest) {
    return new Parameter(
        name, new Interval(lowest, highest, Scale.LOGARITHMIC, 1, Interval.Type.WHOLE));
  }

  /** The same value in all trials. */
  public static Parameter fixed(String name, Object value) {
    return new Parameter(name, new Fixed(value));
  }

  /**
   * The same interval, but only its values lowest + k · step.
   *
   * @throws IllegalArgumentException for a choice or a fixed value
   */
  public Parameter step(double step) {
    if (domain instanceof Interval interval) {
      return new Parameter(
          name,
          new Interval(
              interval.lowest(), interval.highest(), interval.scale(), step, interval.type()),
          conditions);
    }
    throw new IllegalArgumentException(name + " is not an interval and has no step");
  }

  /** The same parameter, active only where another one has one of these values. */
  public Parameter when(String other, Object... values) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(new Condition(other, List.of(values)));
    return new Parameter(name, domain, all);
  }

  /** Whether its conditions are fulfilled by the values of parameters before it. */
  public boolean isActive(Map<String, Object> parameters) {
    return conditions.stream().allMatch(condition -> condition.isFulfilled(parameters));
  }
}

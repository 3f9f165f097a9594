package org.modelzoo.search.space;

import java.util.HashSet;
import java.util.List;

/** Values without an order, all alike; each takes an equal part of the unit interval. */
public record Choice(List<Object> values) implements Domain {
  public Choice {
    values = values.stream().map(Values::canonical).toList();
    if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("a choice needs different values, not " + values);
    }
  }

  @Override
  public Object decode(double u) {
    return values.get(index(u));
  }

  /** Which of the values is at a place. */
  public int index(double u) {
    return Math.min((int) (u * values.size()), values.size() - 1);
  }

  /** The middle of a value's part of the unit interval. */
  public double place(int index) {
    return (index + 0.5) / values.size();
  }

  @Override
  public double encode(Object value) {
    Values.require(this, value);
    return place(values.indexOf(value));
  }

  @Override
  public boolean contains(Object value) {
    return values.contains(value);
  }

  @Override
  public long size() {
    return values.size();
  }

  @Override
  public String describe() {
    return "one of " + values;
  }
}

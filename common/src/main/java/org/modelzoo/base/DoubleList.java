package org.modelzoo.base;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Numbers in an array: a third of what a list of objects takes. Immutable; holds no null. For
 * values of which a run has one for every task and round.
 */
public final class DoubleList extends AbstractList<Double> implements RandomAccess {
  private final double[] values;

  private DoubleList(double[] values) {
    this.values = values;
  }

  /**
   * A list of the same numbers.
   *
   * @throws NullPointerException if one of them is null
   */
  public static List<Double> copyOf(List<Double> numbers) {
    return numbers instanceof DoubleList
        ? numbers
        : new DoubleList(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public Double get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}

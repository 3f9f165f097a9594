package org.modelzoo.search.space;

/** One value, the same in all trials; takes no place in the unit cube. */
public record Fixed(Object value) implements Domain {
  public Fixed {
    value = Values.canonical(value);
  }

  @Override
  public Object decode(double u) {
    return value;
  }

  @Override
  public double encode(Object other) {
    Values.require(this, other);
    return 0.5;
  }

  @Override
  public boolean contains(Object other) {
    return value.equals(other);
  }

  @Override
  public long size() {
    return 1;
  }

  @Override
  public String describe() {
    return "always " + value;
  }
}

package org.modelzoo.search.space;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Numbers between two ends, both inclusive, uniform on a scale. With a step only the values lowest
 * + k · step; each then takes the part of the unit interval that is nearer to it than to the
 * others, so that the ends are as likely as the rest (Optuna does the same).
 *
 * @param step 0: continuous; whole numbers have a step of at least 1
 * @param type of the values
 */
public record Interval(double lowest, double highest, Scale scale, double step, Type type)
    implements Domain {
  /** So that a highest value of lowest + k · step is not lost to rounding. */
  private static final double SLACK = 1e-9;

  /** What the values are. */
  public enum Type {
    REAL,
    WHOLE
  }

  public Interval {
    if (!Double.isFinite(highest - lowest) || lowest > highest) {
      throw new IllegalArgumentException("no interval from " + lowest + " to " + highest);
    }
    if (!(step >= 0) || (step > 0 && step > highest - lowest && highest > lowest)) {
      throw new IllegalArgumentException("no step of " + step + " in " + (highest - lowest));
    }
    if (scale == Scale.LOGARITHMIC && !(lowest > step / 2)) {
      throw new IllegalArgumentException(
          "a logarithmic interval begins above 0 and above half a step, not at " + lowest);
    }
    if (type == Type.WHOLE && (step < 1 || !whole(lowest) || !whole(highest) || !whole(step))) {
      throw new IllegalArgumentException("ends and step of whole numbers are whole");
    }
  }

  private static boolean whole(double number) {
    return number == Math.rint(number);
  }

  @Override
  public Object decode(double u) {
    if (size() == 1) {
      return valueAt(0);
    }
    double measure = scale.apply(bottom()) + u * width();
    if (step == 0) {
      double value = Math.max(lowest, Math.min(highest, scale.invert(measure)));
      return u <= 0 ? (Double) lowest : u >= 1 ? (Double) highest : (Double) value;
    }
    return valueAt(
        Math.max(0, Math.min(size() - 1, Math.round((scale.invert(measure) - lowest) / step))));
  }

  private Object valueAt(long index) {
    if (type == Type.WHOLE) {
      return (long) lowest + index * (long) step;
    }
    // Decimals as they were written: 0.1 + 2 * 0.1 is 0.3.
    return BigDecimal.valueOf(step)
        .multiply(BigDecimal.valueOf(index))
        .add(BigDecimal.valueOf(lowest))
        .doubleValue();
  }

  @Override
  public double encode(Object value) {
    Values.require(this, value);
    if (size() == 1) {
      return 0.5;
    }
    double place = (scale.apply(((Number) value).doubleValue()) - scale.apply(bottom())) / width();
    return Math.max(0, Math.min(1, place));
  }

  /** Half a step below the lowest value. */
  private double bottom() {
    return lowest - step / 2;
  }

  private double width() {
    double top = step == 0 ? highest : lowest + (size() - 0.5) * step;
    return scale.apply(top) - scale.apply(bottom());
  }

  /** At most so many of its values, evenly spread on the scale, the ends among them. */
  public List<Object> spread(int count) {
    long most = Math.min(count, size());
    if (most == 1) {
      return List.of(decode(0.5));
    }
    return LongStream.range(0, most)
        .mapToObj(i -> decode((double) i / (most - 1)))
        .distinct()
        .toList();
  }

  @Override
  public boolean contains(Object value) {
    if (!(type == Type.WHOLE ? value instanceof Long : value instanceof Double)) {
      return false;
    }
    double number = ((Number) value).doubleValue();
    if (!(number >= lowest && number <= highest)) {
      return false;
    }
    return step == 0 || value.equals(valueAt(Math.round((number - lowest) / step)));
  }

  @Override
  public long size() {
    if (lowest == highest) {
      return 1;
    }
    return step == 0 ? Long.MAX_VALUE : (long) ((highest - lowest) / step + SLACK) + 1;
  }

  @Override
  public String describe() {
    return (type == Type.WHOLE ? "a whole number from " : "a number from ")
        + valueAt(0)
        + " to "
        + (type == Type.WHOLE ? (Object) (long) highest : (Object) highest)
        + (step > (type == Type.WHOLE ? 1 : 0) ? " in steps of " + step : "");
  }
}

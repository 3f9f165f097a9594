package org.modelzoo.search.space;

/**
 * The values of one parameter, and their places in the unit interval, where samplers work. Runs on
 * the driver. A value is a text, a truth value, a {@code Long} or a {@code Double}.
 */
public sealed interface Domain permits Choice, Interval, Fixed {
  /** The value at a place u in [0, 1]; a uniform u gives the domain's own distribution. */
  Object decode(double u);

  /**
   * The place of a value: {@code decode(encode(value))} is the value, to rounding where the domain
   * is continuous.
   *
   * @throws IllegalArgumentException if the domain does not hold it
   */
  double encode(Object value);

  /** Whether it is a value of this domain. */
  boolean contains(Object value);

  /** How many different values there are; {@code Long.MAX_VALUE} for a continuous interval. */
  long size();

  /** The domain in words, for messages. */
  String describe();
}

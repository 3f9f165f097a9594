package org.modelzoo.config;

import java.util.function.DoublePredicate;

/**
 * The numbers a key accepts.
 *
 * @param words how the range is put in a message, after "must be a number"
 * @param holds whether a finite number is inside
 */
record Range(String words, DoublePredicate holds) {
  static final Range ANY = new Range("", value -> true);
  static final Range NOT_NEGATIVE = new Range(" of at least 0", value -> value >= 0);
  static final Range POSITIVE = new Range(" above 0", value -> value > 0);
  static final Range SHARE = new Range(" from 0 to 1", value -> value >= 0 && value <= 1);
  static final Range SHARE_BELOW_ONE =
      new Range(" of at least 0 and below 1", value -> value >= 0 && value < 1);
  static final Range SHARE_ABOVE_ZERO =
      new Range(" above 0 and at most 1", value -> value > 0 && value <= 1);

  /** What Spark hands out: n tasks share a card, or a task has cards of its own. */
  static final Range PART_OR_WHOLE =
      new Range(
          ", whole (at most 1024) or 1/n of a GPU: 0.5, 0.33, 0.25, …",
          value -> value == Math.rint(value) ? value >= 0 && value <= 1024 : isPart(value));

  static final Range INNER_SHARE =
      new Range(" above 0 and below 1", value -> value > 0 && value < 1);

  /** Of a card, that may be lost where a part was written with two digits. */
  private static final double LOST = 0.03;

  /** Spark puts ⌊1 / part⌋ tasks on a card: of 0.33 as many as of 1/3, and of 0.3 no more. */
  private static boolean isPart(double value) {
    if (value <= 0 || value > 0.5) {
      return false;
    }
    return value * Math.floor(1 / value) >= 1 - LOST;
  }
}

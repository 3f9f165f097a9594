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

  /** What Spark hands out: several tasks share a card, or a task has cards of its own. */
  static final Range PART_OR_WHOLE =
      new Range(
          " from 0 to 0.5, or a whole one of at most 1024",
          value -> value >= 0 && (value <= 0.5 || (value == Math.rint(value) && value <= 1024)));

  static final Range INNER_SHARE =
      new Range(" above 0 and below 1", value -> value > 0 && value < 1);
}

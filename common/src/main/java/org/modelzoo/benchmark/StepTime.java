package org.modelzoo.benchmark;

/**
 * Nanoseconds of one step.
 *
 * @param forward up to the last hidden activation; null where phases can't be told apart
 * @param backward heads, loss and gradients; null for evaluation, and as {@code forward}
 * @param update of the parameters; null as {@code backward}
 */
record StepTime(long total, Long forward, Long backward, Long update) {
  /** A step in its phases. */
  static StepTime of(long forward, long backward, long update) {
    return new StepTime(forward + backward + update, forward, backward, update);
  }
}

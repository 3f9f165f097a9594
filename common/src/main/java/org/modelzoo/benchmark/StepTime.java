package org.modelzoo.benchmark;

/**
 * Nanoseconds of one step.
 *
 * @param forward up to the last hidden activation
 * @param backward heads, loss and gradients; 0 for evaluation
 * @param update of the parameters; 0 for evaluation
 */
record StepTime(long forward, long backward, long update) {
  long total() {
    return forward + backward + update;
  }
}

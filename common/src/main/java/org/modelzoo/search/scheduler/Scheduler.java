package org.modelzoo.search.scheduler;

import java.util.OptionalDouble;

/**
 * Decides which trial is trained how far: a state machine without clock and randomness, so that the
 * same calls have the same results. Trials are numbered from 0 in the order in which it starts
 * them. Runs on the driver; not thread-safe.
 */
public interface Scheduler {
  /**
   * What a free slot should do. Changes nothing unless the answer is to run.
   *
   * @param trialLimit how many trials may be started altogether; never fewer than before
   */
  Decision next(int trialLimit);

  /**
   * How a rung ended.
   *
   * @param loss to be minimised; infinite where the training diverged, which is worse than every
   *     other; empty if the rung failed or was cancelled, which ends the trial
   * @throws IllegalStateException if it is not running
   */
  void report(Rung rung, OptionalDouble loss);

  /** Whether a trial that rests may be run on, as things stand: its checkpoint is needed. */
  boolean mayResume(int trial);

  /** How many trials {@link #mayResume} is true for. */
  int resumable();

  /** The resource of a trial that has gone all the way. */
  int maximum();
}

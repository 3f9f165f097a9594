package org.modelzoo.search;

/** Where a trial stands. */
public enum TrialState {
  /** Begun, but interrupted: its rung is to be run again. */
  WAITING,
  /** Its rung is out. */
  RUNNING,
  /** It finished a rung and may be promoted to the next. */
  PAUSED,
  /** Trained all the way. */
  COMPLETED,
  /** It finished a rung and goes no further. */
  PRUNED,
  /** Its training diverged: a result, worse than every value. */
  DIVERGED,
  /** Its training failed for reasons of the program or the cluster. */
  FAILED,
  /** Ended by a limit or by the user. */
  CANCELLED;

  /** Whether it goes no further, unless the study's limits are raised. */
  public boolean isEnded() {
    return switch (this) {
      case WAITING, RUNNING, PAUSED -> false;
      case COMPLETED, PRUNED, DIVERGED, FAILED, CANCELLED -> true;
    };
  }
}

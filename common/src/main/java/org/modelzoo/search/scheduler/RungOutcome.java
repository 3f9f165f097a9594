package org.modelzoo.search.scheduler;

/**
 * How a unit of work ended, as far as a scheduler has to know.
 *
 * @param loss to be minimised; NaN where there is none
 */
public record RungOutcome(Kind kind, double loss) {
  /** The ways of ending. */
  public enum Kind {
    /** With a loss. */
    COMPLETED,
    /** Diverged: a result, worse than every loss. */
    DIVERGED,
    /** Failed or cancelled: no result, and the trial is over. */
    DROPPED
  }

  public RungOutcome {
    if ((kind == Kind.COMPLETED) != Double.isFinite(loss)) {
      throw new IllegalArgumentException(kind + " with a loss of " + loss);
    }
  }

  /** Trained to the end of the rung. */
  public static RungOutcome completed(double loss) {
    return new RungOutcome(Kind.COMPLETED, loss);
  }

  /** Diverged on the way. */
  public static RungOutcome diverged() {
    return new RungOutcome(Kind.DIVERGED, Double.NaN);
  }

  /** Ended without a result. */
  public static RungOutcome dropped() {
    return new RungOutcome(Kind.DROPPED, Double.NaN);
  }
}

package org.modelzoo.search;

import org.modelzoo.base.Secrets;
import org.modelzoo.search.scheduler.RungOutcome;

/**
 * How a trial's rung ended.
 *
 * @param value of the objective at its end; null unless FINISHED
 * @param images trained on in this rung
 * @param seconds that it took
 * @param message why it did not finish, without secrets; empty where it did
 */
public record RungReport(Status status, Double value, long images, double seconds, String message) {
  /** The ways of ending. */
  public enum Status {
    FINISHED,
    DIVERGED,
    FAILED,
    CANCELLED
  }

  public RungReport {
    if ((status == Status.FINISHED) != (value != null && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "%s with the value %s; a rung without a finite value has diverged"
              .formatted(status, value));
    }
    message = message == null ? null : Secrets.hiddenIn(message);
  }

  /** Trained to the end of the rung. */
  public static RungReport finished(double value, long images, double seconds) {
    return new RungReport(Status.FINISHED, value, images, seconds, "");
  }

  /** The training diverged: a result. */
  public static RungReport diverged(long images, double seconds, String message) {
    return new RungReport(Status.DIVERGED, null, images, seconds, message);
  }

  /** The training failed, and is not to be tried again. */
  public static RungReport failed(long images, double seconds, String message) {
    return new RungReport(Status.FAILED, null, images, seconds, message);
  }

  /** Ended by a limit or by the user. */
  public static RungReport cancelled(long images, double seconds, String message) {
    return new RungReport(Status.CANCELLED, null, images, seconds, message);
  }

  RungOutcome outcome(Direction direction) {
    return switch (status) {
      case FINISHED -> RungOutcome.completed(direction.loss(value));
      case DIVERGED -> RungOutcome.diverged();
      case FAILED, CANCELLED -> RungOutcome.dropped();
    };
  }
}

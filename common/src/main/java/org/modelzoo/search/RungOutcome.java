package org.modelzoo.search;

import java.util.OptionalDouble;
import org.modelzoo.base.Secrets;

/**
 * How a trial's rung ended.
 *
 * @param value of the objective at its end; null unless FINISHED
 * @param images trained on in this rung
 * @param seconds that it took
 * @param message why it did not finish, without secrets; empty where it did
 */
public record RungOutcome(
    Status status, Double value, long images, double seconds, String message) {
  /** The ways of ending. */
  public enum Status {
    FINISHED,
    DIVERGED,
    FAILED,
    CANCELLED
  }

  public RungOutcome {
    if ((status == Status.FINISHED) != (value != null && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "%s with the value %s; a rung without a finite value has diverged"
              .formatted(status, value));
    }
    message = message == null ? null : Secrets.hiddenIn(message);
  }

  /** Trained to the end of the rung. */
  public static RungOutcome finished(double value, long images, double seconds) {
    return new RungOutcome(Status.FINISHED, value, images, seconds, "");
  }

  /** The training diverged: a result. */
  public static RungOutcome diverged(long images, double seconds, String message) {
    return new RungOutcome(Status.DIVERGED, null, images, seconds, message);
  }

  /** The training failed, and is not to be tried again. */
  public static RungOutcome failed(long images, double seconds, String message) {
    return new RungOutcome(Status.FAILED, null, images, seconds, message);
  }

  /** Ended by a limit or by the user. */
  public static RungOutcome cancelled(long images, double seconds, String message) {
    return new RungOutcome(Status.CANCELLED, null, images, seconds, message);
  }

  /** Whether it finished. */
  public boolean hasValue() {
    return status == Status.FINISHED;
  }

  /**
   * What trials are ranked by, to be minimised: infinite where the training diverged; empty where
   * it failed or was cancelled, which says nothing about the parameters.
   */
  public OptionalDouble loss(Direction direction) {
    return switch (status) {
      case FINISHED -> OptionalDouble.of(direction.loss(value));
      case DIVERGED -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case FAILED, CANCELLED -> OptionalDouble.empty();
    };
  }
}

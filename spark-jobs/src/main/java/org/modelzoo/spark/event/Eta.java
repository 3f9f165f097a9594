package org.modelzoo.spark.event;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The time left, guessed from the training images done since the start. */
public final class Eta {
  private Eta() {}

  /**
   * Time left at the pace so far; empty before there is a pace, and where nobody knows how many
   * images there are.
   *
   * @param elapsed in which {@code done} images were done
   * @param planned in all
   */
  public static Optional<Duration> left(Duration elapsed, long done, OptionalLong planned) {
    if (planned.isEmpty() || done <= 0 || elapsed.isZero()) {
      return Optional.empty();
    }
    double nanosPerImage = (double) elapsed.toNanos() / done;
    long left = Math.max(0, planned.getAsLong() - done);
    return Optional.of(Duration.ofNanos((long) (nanosPerImage * left)));
  }

  /** Minutes and seconds, or hours, as people write them. */
  public static String text(Duration time) {
    return time.toHours() > 0
        ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }

  /** As {@link #text(Duration)}; a dash where the time isn't known. */
  public static String text(Optional<Duration> time) {
    return time.map(Eta::text).orElse("–");
  }
}

package org.modelzoo.spark.farm;

import java.time.Duration;

/** Times as people write them. */
final class Durations {
  private Durations() {}

  /** For example {@code 1.5 s}, {@code 45 s}, {@code 10 min} or {@code 2 h 5 min}. */
  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10 && duration.toMillisPart() != 0) {
      return "%.1f s".formatted(duration.toMillis() / 1e3);
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    String minutes = duration.toMinutesPart() + " min";
    return duration.toHours() == 0
        ? minutes
        : duration.toHours() + " h" + (duration.toMinutesPart() == 0 ? "" : " " + minutes);
  }
}

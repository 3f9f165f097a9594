package org.modelzoo.spark.progress;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Guesses the time left from the training images done since the start. */
final class Eta {
  private final LongSupplier nanoTime;
  private final long started;
  private final Map<String, Long> doneByMember = new HashMap<>();
  private long planned;
  private boolean known = true;

  Eta(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  /** More images to train on; where nobody knows how many, nobody knows the time left. */
  void planned(OptionalLong images) {
    known &= images.isPresent();
    planned += images.orElse(0);
  }

  /** A member has trained on this many images in all. */
  void done(String member, long images) {
    doneByMember.put(member, images);
  }

  /** Time left at the pace so far; empty before there is a pace. */
  Optional<Duration> left() {
    long done = doneByMember.values().stream().mapToLong(Long::longValue).sum();
    long elapsed = nanoTime.getAsLong() - started;
    if (!known || done == 0 || elapsed <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofNanos((long) ((double) elapsed / done * Math.max(0, planned - done))));
  }

  /** Minutes and seconds, or hours, as people write them; a dash when unknown. */
  String text() {
    return left()
        .map(
            left ->
                left.toHours() > 0
                    ? "%d:%02d:%02d"
                        .formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                    : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart()))
        .orElse("–");
  }
}

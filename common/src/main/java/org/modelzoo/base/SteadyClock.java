package org.modelzoo.base;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Shows the wall clock's time of its own start and goes on from there by the machine's monotonic
 * time: the difference of two of its times is how long it took, even where somebody sets the wall
 * clock meanwhile. For what decides by durations and writes times that people read. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final LongSupplier nanoTime;
  private final long startNanos;

  /** A clock that starts now. */
  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * A clock that starts now.
   *
   * @param wall asked once
   * @param nanoTime as {@link System#nanoTime}
   */
  public SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.start = wall.instant();
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime.getAsLong() - startNanos);
  }
}

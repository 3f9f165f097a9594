package org.modelzoo.spark.job;

import java.util.function.LongSupplier;

/**
 * Does a work that grows with the run only as often as it costs little beside the run itself: not
 * before twenty times as long has passed as it took the last time. Where a round takes a second and
 * its tables some milliseconds, that is after every round. Lives on the driver; one thread at a
 * time.
 */
public final class Throttle {
  private static final int PAUSE = 20;

  private final LongSupplier nanoTime;
  private boolean done;
  private long ended;
  private long took;

  /**
   * A work not done yet, so due.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public Throttle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Does the work, if it is due. What it throws goes to the caller, and it stays due. */
  public void run(Runnable work) {
    long started = nanoTime.getAsLong();
    if (done && started - ended < PAUSE * took) {
      return;
    }
    work.run();
    done = true;
    ended = nanoTime.getAsLong();
    took = ended - started;
  }
}

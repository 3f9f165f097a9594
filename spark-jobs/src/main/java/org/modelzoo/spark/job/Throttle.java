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
  private static final long LARGE = 16L << 20;
  private static final int GROWTH = 10;

  private final LongSupplier nanoTime;
  private boolean done;
  private long ended;
  private long took;
  private long written;

  /**
   * A work not done yet, so due.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public Throttle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * As the other, for a work that writes a file as a whole: a large one only once it has grown by a
   * tenth. So all that is ever written of it is some ten times what it is in the end, however many
   * times there is something new.
   *
   * @param bytes of the file, if it were written now
   */
  public void run(long bytes, Runnable work) {
    if (bytes < LARGE || bytes >= written + written / GROWTH) {
      run(
          () -> {
            work.run();
            written = bytes;
          });
    }
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

package org.modelzoo.benchmark;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time in which all members measure: it opens when the last one is warm, and closes for all at
 * the same moment, so that no step is measured while another member rests. It stays open until
 * every member has a few steps.
 */
final class Window {
  private static final int LEAST_STEPS = 3;

  private final AtomicInteger unsatisfied;
  private final long nanos;
  private volatile long end;

  Window(int members, long nanos) {
    this.unsatisfied = new AtomicInteger(members);
    this.nanos = nanos;
  }

  /** All members are warm. */
  void open() {
    end = System.nanoTime() + nanos;
  }

  boolean isOpen() {
    return System.nanoTime() < end || unsatisfied.get() > 0;
  }

  /** A member has measured so many steps. */
  void measured(int steps) {
    if (steps == LEAST_STEPS) {
      unsatisfied.decrementAndGet();
    }
  }
}

package org.modelzoo.zoo;

import java.io.InterruptedIOException;

/** Reading many models takes long; whoever doesn't wait for them any more interrupts it. */
final class Interruption {
  private Interruption() {}

  /**
   * Between two models.
   *
   * @throws InterruptedIOException if this thread was interrupted, which it stays
   */
  static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("it was interrupted");
    }
  }
}

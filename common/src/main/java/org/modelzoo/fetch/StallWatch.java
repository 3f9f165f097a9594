package org.modelzoo.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes an answer's body when a server stops sending, or sends so little that it would never end:
 * the HTTP client waits for a body without limit.
 */
final class StallWatch implements AutoCloseable {
  /** Of each period; a line as slow as this would take a day for CIFAR. */
  private static final long LEAST_BYTES = 1 << 14;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(StallWatch::daemon);
  private final AtomicLong received = new AtomicLong();
  private final InputStream body;
  private final Future<?> looks;
  private volatile boolean stalled;

  StallWatch(InputStream body, Duration limit) {
    this.body = body;
    this.looks =
        clock.scheduleAtFixedRate(
            this::look, limit.toNanos(), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  void received(int bytes) {
    received.addAndGet(bytes);
  }

  /** Whether the body was closed for a stall. */
  boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    looks.cancel(false);
    clock.shutdownNow();
  }

  private void look() {
    if (received.getAndSet(0) < LEAST_BYTES) {
      stalled = true;
      try {
        body.close();
      } catch (IOException e) {
        // The reader learns of the stall itself.
      }
      clock.shutdown();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fetch-stall-watch");
    thread.setDaemon(true);
    return thread;
  }
}

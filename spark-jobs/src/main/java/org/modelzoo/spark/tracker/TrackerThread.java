package org.modelzoo.spark.tracker;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.modelzoo.base.Secrets;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunListener;

/**
 * Keeps a tracker away from the runs: it has a thread and a bounded queue of its own, and one that
 * fails or falls too far behind is reported once and hears nothing more. Lives on the driver.
 */
final class TrackerThread implements RunListener, AutoCloseable {
  private static final int MOST_WAITING = 2000;
  private static final long LOOK_MILLIS = 100;
  private static final int LONGEST_REASON = 500;

  private final Tracker tracker;
  private final Duration limit;
  private final Consumer<String> remarks;
  private final BlockingQueue<RunEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean dropped = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closed;

  private TrackerThread(Tracker tracker, Duration limit, Consumer<String> remarks) {
    this.tracker = tracker;
    this.limit = limit;
    this.remarks = remarks;
    this.thread = new Thread(this::work, "tracker-" + tracker.name());
    thread.setDaemon(true);
  }

  /**
   * Starts to hand events to a tracker.
   *
   * @param limit how long the end waits for it
   * @param remarks hears why it was dropped
   */
  static TrackerThread start(Tracker tracker, Duration limit, Consumer<String> remarks) {
    TrackerThread started = new TrackerThread(tracker, limit, remarks);
    started.thread.start();
    return started;
  }

  @Override
  public void on(RunEvent event) {
    if (dropped.get()) {
      return;
    }
    if (event instanceof MemberProgressed && waiting.size() > MOST_WAITING / 2) {
      return; // The member will tell again.
    }
    if (!waiting.offer(event)) {
      drop("it is %d events behind".formatted(MOST_WAITING));
    }
  }

  private void work() {
    try {
      while (!dropped.get()) {
        RunEvent event = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
          tracker.on(event);
        } else if (closed) {
          tracker.end();
          return;
        } else {
          tracker.idle();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) { // Errors too: a thread that just ended would drop the tracker silently.
      drop(reason(e));
    }
  }

  /** A server may answer with a whole page, and repeat in it what it was sent. */
  private static String reason(Throwable error) {
    String text =
        String.valueOf(error.getMessage()).lines().findFirst().orElse(error.getClass().getName());
    return Secrets.hiddenIn(text.substring(0, Math.min(LONGEST_REASON, text.length())));
  }

  private void drop(String why) {
    if (!dropped.getAndSet(true)) {
      remarks.accept(
          "%s is dropped, and the run goes on without it: %s".formatted(tracker.name(), why));
      thread.interrupt();
    }
  }

  /** Waits for what is still to be taken down, up to the limit. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      drop("it had not finished after %d s (trackers.time-limit)".formatted(limit.toSeconds()));
    }
  }
}

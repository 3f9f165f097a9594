package org.modelzoo.spark.farm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Runs tasks first come first served, never more at once than the limit says at the moment. The
 * limit is asked again every second, because executors come and go.
 */
final class Dispatcher implements AutoCloseable {
  private final IntSupplier limit;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("farm"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("farm-clock"));
  private int running;
  private boolean closed;

  Dispatcher(IntSupplier limit) {
    this.limit = limit;
    var unused = clock.scheduleWithFixedDelay(this::start, 1, 1, TimeUnit.SECONDS);
  }

  /** Queues a task. */
  void submit(Runnable task) {
    synchronized (this) {
      waiting.add(task);
    }
    start();
  }

  private void start() {
    int allowed = limit.getAsInt();
    synchronized (this) {
      while (!closed && running < allowed && !waiting.isEmpty()) {
        Runnable task = waiting.poll();
        running++;
        threads.execute(() -> run(task));
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      synchronized (this) {
        running--;
      }
      start();
    }
  }

  /** Drops what waits; what runs goes on until it ends by itself. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      waiting.clear();
    }
    clock.shutdownNow();
    threads.shutdown();
  }

  private static final class DaemonThreads implements java.util.concurrent.ThreadFactory {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    DaemonThreads(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }
  }
}

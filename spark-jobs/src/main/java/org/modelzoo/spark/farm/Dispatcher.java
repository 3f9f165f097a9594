package org.modelzoo.spark.farm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Runs tasks, never more at once than the limit says at the moment; the limit is asked again every
 * second, because executors come and go. Tasks of one pool run first come first served, and pools
 * take turns, so that a long queue of one run doesn't hold up the rounds of another.
 */
final class Dispatcher implements AutoCloseable {
  private final IntSupplier limit;

  /** The pools that have tasks waiting; the first one is next. */
  private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

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
  void submit(String pool, Runnable task) {
    synchronized (this) {
      waiting.computeIfAbsent(pool, name -> new ArrayDeque<>()).add(task);
    }
    start();
  }

  private void start() {
    int allowed;
    try {
      allowed = limit.getAsInt();
    } catch (RuntimeException e) {
      return; // The cluster is just going away: the clock asks again.
    }
    synchronized (this) {
      while (!closed && running < allowed && !waiting.isEmpty()) {
        Runnable task = next();
        running++;
        threads.execute(() -> run(task));
      }
    }
  }

  /** The first task of the pool whose turn it is; the pool goes to the end of the line. */
  private Runnable next() {
    String pool = waiting.keySet().iterator().next();
    Deque<Runnable> tasks = waiting.remove(pool);
    Runnable task = tasks.remove();
    if (!tasks.isEmpty()) {
      waiting.put(pool, tasks);
    }
    return task;
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

  private static final class DaemonThreads implements ThreadFactory {
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

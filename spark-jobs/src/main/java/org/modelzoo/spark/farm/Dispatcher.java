package org.modelzoo.spark.farm;

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
 * second, because executors come and go. Jobs share slots by their weights. Within a job, tasks of
 * one pool run first come first served, and pools take turns, so that a long queue of one run
 * doesn't hold up the rounds of another.
 */
final class Dispatcher implements AutoCloseable {
  /**
   * Tasks that end within this time are replaced together: making a job wakes a dozen of Spark's
   * threads, which would take the cores from the slot that just got free and has its next job.
   */
  private static final long REFILL_MILLIS = 10;

  private final IntSupplier limit;
  private final FairShares shares = new FairShares();

  /** The jobs that have tasks waiting. */
  private final Map<String, TurnsOfPools> waiting = new LinkedHashMap<>();

  private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("farm"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("farm-clock"));
  private int running;
  private boolean refillIsDue;
  private boolean closed;

  Dispatcher(IntSupplier limit) {
    this.limit = limit;
    var unused = clock.scheduleWithFixedDelay(this::start, 1, 1, TimeUnit.SECONDS);
  }

  /** Work for one slot. */
  interface Task {
    /** Does it; gives the seconds for which it held a slot. */
    double run();
  }

  /** Lets a job take part from now on. */
  synchronized void open(String job, int weight) {
    shares.open(job, weight);
  }

  /** Queues a task of an open job. */
  void submit(String job, String pool, Task task) {
    synchronized (this) {
      TurnsOfPools tasks = waiting.get(job);
      if (tasks == null) {
        tasks = new TurnsOfPools();
        waiting.put(job, tasks);
        shares.comesBack(job);
      }
      tasks.add(pool, task);
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
        FairShares.Turn turn = shares.next(waiting.keySet());
        TurnsOfPools tasks = waiting.get(turn.job());
        Task task = tasks.remove();
        if (tasks.isEmpty()) {
          waiting.remove(turn.job());
        }
        running++;
        threads.execute(() -> run(turn, task));
      }
    }
  }

  private void run(FairShares.Turn turn, Task task) {
    double seconds = 0;
    try {
      seconds = task.run();
    } finally {
      synchronized (this) {
        shares.ended(turn, seconds);
        running--;
        if (!refillIsDue && !closed) {
          refillIsDue = true;
          var unused = clock.schedule(this::refill, REFILL_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  private void refill() {
    synchronized (this) {
      refillIsDue = false;
    }
    start();
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

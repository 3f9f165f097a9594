package org.modelzoo.spark.farm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Runs tasks, never more at once than the limit says at the moment; the limit is asked again every
 * second, because executors come and go. Jobs share slots by their weights. Within a job, tasks of
 * one pool run first come first served, and pools take turns, so that a long queue of one run
 * doesn't hold up the rounds of another. A task leaves the queue only on a thread that has started,
 * so none gets lost where the system refuses a thread: it is asked again every second.
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

  private final ExecutorService threads;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("farm-clock"));

  /** The tasks in {@link #waiting}. */
  private int queued;

  /** Threads that run a task or start to. */
  private int running;

  /** Those that have no task yet. */
  private int starting;

  private boolean refillIsDue;
  private boolean closed;
  private volatile String obstacle;

  /**
   * @param threads makes those that run tasks; the system may refuse them
   */
  Dispatcher(IntSupplier limit, ThreadFactory threads) {
    this.limit = limit;
    this.threads = Executors.newCachedThreadPool(threads);
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
      queued++;
    }
    start();
  }

  /** Why tasks that should run by now wait in the queue; empty where they need not. */
  Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** Throws nothing: the clock would not call again. */
  private void start() {
    int allowed;
    try {
      allowed = limit.getAsInt();
    } catch (Throwable e) { // Spark throws checked exceptions that it doesn't declare.
      obstacle = "the driver can't find out how many slots the cluster has (%s)".formatted(e);
      return;
    }
    synchronized (this) {
      try {
        while (!closed && running < allowed && starting < queued) {
          threads.execute(this::runNext);
          running++;
          starting++;
        }
        obstacle = null;
      } catch (Throwable e) { // An OutOfMemoryError where the system refuses the thread.
        obstacle =
            "the driver can't start another thread (%s); raise its limit of processes (ulimit -u, or that of its container) or its memory"
                .formatted(e.getMessage());
      }
    }
  }

  private void runNext() {
    FairShares.Turn turn;
    Task task;
    synchronized (this) {
      starting--;
      if (waiting.isEmpty()) { // Closed since.
        running--;
        return;
      }
      turn = shares.next(waiting.keySet());
      TurnsOfPools tasks = waiting.get(turn.job());
      task = tasks.remove();
      queued--;
      if (tasks.isEmpty()) {
        waiting.remove(turn.job());
      }
    }
    run(turn, task);
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
          var unused = clock.schedule(this::refill, REFILL_MILLIS, TimeUnit.MILLISECONDS);
          refillIsDue = true;
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
      queued = 0;
    }
    clock.shutdownNow();
    threads.shutdown();
  }
}

package org.modelzoo.spark.farm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Recurring;
import org.modelzoo.spark.event.RunEvent.ClusterNote;
import org.modelzoo.spark.event.RunListener;

/**
 * Looks every second at the units and jobs of the farm, so that none of them waits without a limit
 * or a word, in whatever queue: cancels a job that runs for too long, and gives all up when none
 * has run for too long or Spark has stopped. Whatever a look throws, the next one follows. Lives on
 * the driver.
 */
final class UnitWatch {
  private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(30);
  private static final Duration LONG_RUN = Duration.ofMinutes(30);

  private final JavaSparkContext spark;
  private final FarmLimits limits;
  private final RunListener listener;
  private final Supplier<Optional<String>> obstacle;
  private final RunningUnits running = new RunningUnits(this::lost);
  private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Map<String, RunningUnit> hung = new ConcurrentHashMap<>();
  private final Map<String, Long> longRuns = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("unit-watch"));
  private Idleness idleness = Idleness.none();
  private String saidObstacle = "";
  private volatile String gaveUp;

  /**
   * @param obstacle why units that should run are no jobs yet; empty where there is nothing wrong
   */
  UnitWatch(
      JavaSparkContext spark,
      FarmLimits limits,
      RunListener listener,
      Supplier<Optional<String>> obstacle) {
    this.spark = spark;
    this.limits = limits;
    this.listener = listener;
    this.obstacle = obstacle;
    // Not addSparkListener: that has a queue and a thread of its own, which every event would wake.
    spark.sc().listenerBus().addToStatusQueue(running);
    var unused =
        clock.scheduleWithFixedDelay(
            new Recurring("the watch over members that hang", this::look, this::say),
            1,
            1,
            TimeUnit.SECONDS);
  }

  /** The future of a unit or job that waits from now on until the future is completed. */
  <R> CompletableFuture<R> awaited() {
    CompletableFuture<R> result = new CompletableFuture<>();
    awaited.add(result);
    var unused = result.whenComplete((value, error) -> awaited.remove(result));
    if (gaveUp != null) {
      result.completeExceptionally(new ModelZooException(ErrorKind.CLUSTER, gaveUp));
    }
    return result;
  }

  /**
   * A job is about to be submitted.
   *
   * @throws ModelZooException (cluster) if all was given up
   */
  void opened(String group) {
    open.add(group);
    throwIfAborted();
  }

  /**
   * A job has ended.
   *
   * @return where and since when its unit hung, if that is what ended it
   */
  Optional<RunningUnit> closed(String group) {
    open.remove(group);
    longRuns.remove(group);
    return Optional.ofNullable(hung.remove(group));
  }

  /**
   * @throws ModelZooException (cluster) if all was given up
   */
  void throwIfAborted() {
    if (gaveUp != null) {
      throw new ModelZooException(ErrorKind.CLUSTER, gaveUp);
    }
  }

  private void look() {
    if (spark.sc().isStopped()) {
      giveUp("Spark has stopped");
      return;
    }
    long now = System.nanoTime();
    List<RunningUnit> units = running.now();
    List<RunningUnit> ours = units.stream().filter(unit -> open.contains(unit.group())).toList();
    ours.forEach(unit -> check(unit, now));
    long waiting = awaited.stream().filter(result -> !result.isDone()).count();
    if (waiting == 0 || ours.stream().anyMatch(unit -> !hung.containsKey(unit.group()))) {
      idleness = Idleness.none();
    } else {
      idle(waiting, units, now);
    }
    Optional<String> found = obstacle.get().filter(text -> !text.equals(saidObstacle));
    if (found.isPresent()) {
      saidObstacle = found.get();
      say(saidObstacle + "; members wait for it");
    }
  }

  private void lost(RunningUnit unit) {
    if (open.contains(unit.group()) && !hung.containsKey(unit.group())) {
      say(
          ClusterNote.Kind.RETRY,
          "%s was lost with %s; Spark runs it again, from its last checkpoint"
              .formatted(unit.group(), unit.place()));
    }
  }

  private void check(RunningUnit unit, long now) {
    Duration age = unit.age(now);
    if (!limits.unitTime().isZero()) {
      if (age.compareTo(limits.unitTime()) > 0) {
        // Before the job ends by it, and again with every look until it has ended.
        hung.putIfAbsent(unit.group(), unit);
        spark.cancelJobGroup(unit.group());
      }
    } else if (age.dividedBy(LONG_RUN) > longRuns.getOrDefault(unit.group(), 0L)) {
      longRuns.put(unit.group(), age.dividedBy(LONG_RUN));
      say(
          "%s has run for %s on %s; cluster.member-time-limit would end members that hang"
              .formatted(unit.group(), Durations.text(age), unit.place()));
    }
  }

  private void idle(long waiting, List<RunningUnit> units, long now) {
    idleness = idleness.since(now);
    Duration idle = idleness.length(now);
    String state =
        "%s and none has run for %s: %s"
            .formatted(
                waiting == 1 ? "1 member waits" : waiting + " members wait",
                Durations.text(idle),
                reason(units));
    Duration limit = limits.idleTime();
    if (!limit.isZero() && idle.compareTo(limit) >= 0) {
      giveUp(state + ". This is longer than cluster.executor-time-limit");
    } else if (idleness.noticeIsDue(now, NOTICE_INTERVAL)) {
      idleness = idleness.said(now);
      say(
          limit.isZero()
              ? state + ". cluster.executor-time-limit would end the wait"
              : state
                  + ". The run ends in %s (cluster.executor-time-limit)"
                      .formatted(Durations.text(limit.minus(idle))));
    }
  }

  /** Why none runs. Not to know it must not keep the limit from being applied. */
  private String reason(List<RunningUnit> units) {
    try {
      return obstacle.get().orElseGet(() -> ClusterState.of(spark, units));
    } catch (Throwable e) { // Spark asks its processes, and throws what it doesn't declare.
      return "Spark can't tell why (%s)".formatted(e);
    }
  }

  private void giveUp(String why) {
    gaveUp = why + "; finished members are kept, run the same command to continue";
    end(new ModelZooException(ErrorKind.CLUSTER, gaveUp));
  }

  private void say(String text) {
    say(ClusterNote.Kind.WAIT, text);
  }

  void say(ClusterNote.Kind kind, String text) {
    listener.on(new ClusterNote(kind, text));
  }

  /** Cancels what is open; who waits gets the error. */
  private void end(ModelZooException error) {
    if (!spark.sc().isStopped()) {
      open.forEach(spark::cancelJobGroup);
    }
    awaited.forEach(result -> result.completeExceptionally(error));
  }

  /**
   * Ends all.
   *
   * @param error for who waits
   */
  void close(ModelZooException error) {
    clock.shutdownNow();
    end(error);
    if (!spark.sc().isStopped()) {
      spark.sc().removeSparkListener(running);
    }
  }

  /**
   * For how long nothing has run.
   *
   * @param sinceNanos empty while something runs
   * @param saidNanos when that was last said
   */
  private record Idleness(Optional<Long> sinceNanos, long saidNanos) {
    static Idleness none() {
      return new Idleness(Optional.empty(), 0);
    }

    Idleness since(long now) {
      return sinceNanos.isPresent() ? this : new Idleness(Optional.of(now), now);
    }

    Idleness said(long now) {
      return new Idleness(sinceNanos, now);
    }

    Duration length(long now) {
      return Duration.ofNanos(now - sinceNanos.orElse(now));
    }

    boolean noticeIsDue(long now, Duration interval) {
      return now - saidNanos >= interval.toNanos();
    }
  }
}

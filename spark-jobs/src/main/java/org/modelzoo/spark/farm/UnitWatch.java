package org.modelzoo.spark.farm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;

/**
 * Looks every second at the jobs of the farm, so that none of them waits without a limit or a word:
 * cancels a unit that runs for too long, and gives all up when none has run for too long. Lives on
 * the driver.
 */
final class UnitWatch implements AutoCloseable {
  private static final Duration WORD = Duration.ofSeconds(30);
  private static final Duration LONG_RUN = Duration.ofMinutes(30);

  private final JavaSparkContext spark;
  private final FarmLimits limits;
  private final RunListener listener;
  private final RunningUnits running = new RunningUnits();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Map<String, RunningUnit> hung = new ConcurrentHashMap<>();
  private final Map<String, Long> longRuns = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "unit-watch");
            thread.setDaemon(true);
            return thread;
          });
  private Idleness idleness = Idleness.none();
  private volatile String gaveUp;

  UnitWatch(JavaSparkContext spark, FarmLimits limits, RunListener listener) {
    this.spark = spark;
    this.limits = limits;
    this.listener = listener;
    // Not addSparkListener: that has a queue and a thread of its own, which every event would wake.
    spark.sc().listenerBus().addToStatusQueue(running);
    var unused = clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * A job is about to be submitted.
   *
   * @throws ModelZooException (cluster) if all was given up
   */
  void opened(String group) {
    open.add(group);
    requireHope();
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
  void requireHope() {
    if (gaveUp != null) {
      throw new ModelZooException(ErrorKind.CLUSTER, gaveUp);
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      List<RunningUnit> units = running.now();
      List<RunningUnit> live =
          units.stream()
              .filter(unit -> open.contains(unit.group()) && !hung.containsKey(unit.group()))
              .toList();
      live.forEach(unit -> check(unit, now));
      if (open.isEmpty() || !live.isEmpty()) {
        idleness = Idleness.none();
      } else {
        idle(units, now);
      }
    } catch (RuntimeException e) {
      // The cluster is just going away: units get their own errors.
    }
  }

  private void check(RunningUnit unit, long now) {
    Duration age = unit.age(now);
    if (!limits.unitTime().isZero()) {
      if (age.compareTo(limits.unitTime()) > 0) {
        hung.put(unit.group(), unit);
        spark.cancelJobGroup(unit.group());
      }
    } else if (age.dividedBy(LONG_RUN) > longRuns.getOrDefault(unit.group(), 0L)) {
      longRuns.put(unit.group(), age.dividedBy(LONG_RUN));
      say(
          "%s has run for %s on %s; cluster.member-time-limit would end members that hang"
              .formatted(unit.group(), Durations.text(age), unit.place()));
    }
  }

  private void idle(List<RunningUnit> units, long now) {
    idleness = idleness.since(now);
    Duration idle = idleness.length(now);
    String state =
        "%d members wait and none has run for %s: %s"
            .formatted(open.size(), Durations.text(idle), ClusterState.of(spark, units));
    Duration limit = limits.idleTime();
    if (!limit.isZero() && idle.compareTo(limit) >= 0) {
      gaveUp =
          state
              + ". This is longer than cluster.executor-time-limit; finished members are kept, run the same command to continue";
      open.forEach(spark::cancelJobGroup);
    } else if (idleness.wordIsDue(now, WORD)) {
      idleness = idleness.said(now);
      say(
          limit.isZero()
              ? state + ". cluster.executor-time-limit would end the wait"
              : state
                  + ". The run ends in %s (cluster.executor-time-limit)"
                      .formatted(Durations.text(limit.minus(idle))));
    }
  }

  void say(String text) {
    listener.on(new RunEvent.ClusterNote(text));
  }

  /** Cancels what is open. */
  @Override
  public void close() {
    clock.shutdownNow();
    if (!spark.sc().isStopped()) {
      open.forEach(spark::cancelJobGroup);
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

    boolean wordIsDue(long now, Duration interval) {
      return now - saidNanos >= interval.toNanos();
    }
  }
}

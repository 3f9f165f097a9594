package org.modelzoo.spark.progress;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberProgress;

/**
 * What the runs of a command come to, as metrics of Spark's own metrics system: gauges for the
 * state of the moment, counters for what happened since the driver started. Lives on the driver;
 * thread-safe.
 */
public final class RunMetrics implements RunListener {
  private final ProgressModel model;
  private final Counter rounds = new Counter();
  private final Counter completed = new Counter();
  private final Counter diverged = new Counter();
  private final Counter failed = new Counter();
  private final Counter retried = new Counter();
  private final Counter handedBack = new Counter();
  private final Counter repeated = new Counter();

  /** What was last heard of each member. */
  private final Map<String, MemberProgress> training = new ConcurrentHashMap<>();

  /**
   * @param model of the same command; hears the events by itself
   */
  public RunMetrics(ProgressModel model) {
    this.model = model;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RoundCommitted) {
      rounds.inc();
    } else if (event instanceof RunEvent.ClusterNote note) {
      switch (note.kind()) {
        case WAIT -> {}
        case RETRY -> retried.inc();
        case HAND_BACK -> handedBack.inc();
      }
    } else if (event instanceof RunEvent.MemberProgressed member) {
      heard(name(member.method(), member.member()), member.progress());
    } else if (event instanceof RunEvent.MemberFinished member) {
      training.remove(name(member.method(), member.member()));
      if (member.outcome() instanceof MemberOutcome.Completed) {
        completed.inc();
      } else if (member.outcome() instanceof MemberOutcome.Diverged) {
        diverged.inc();
      } else {
        failed.inc();
      }
    }
  }

  /** Counts what an attempt trains on again that an earlier one was heard to have done. */
  private void heard(String member, MemberProgress now) {
    MemberProgress last = training.put(member, now);
    if (last != null
        && (now.imagesBefore() != last.imagesBefore() || now.imagesDone() < last.imagesDone())) {
      repeated.inc(Math.max(0, last.imagesDone() - now.imagesBefore()));
    }
  }

  private static String name(String method, String member) {
    return method + " " + member;
  }

  void register(MetricRegistry registry) {
    registry.register("rounds.committed", rounds);
    registry.register("members.completed", completed);
    registry.register("members.diverged", diverged);
    registry.register("members.failed", failed);
    registry.register("members.retried", retried);
    registry.register("members.handedback", handedBack);
    registry.register("images.repeated", repeated);
    gauge(registry, "runs.active", now -> now.runs().size());
    gauge(registry, "runs.ended", Snapshot::runsEnded);
    gauge(
        registry,
        "rounds.done",
        now -> now.runs().stream().mapToInt(Snapshot.Run::roundsDone).sum());
    gauge(
        registry,
        "rounds.planned",
        now -> now.runs().stream().mapToInt(Snapshot.Run::rounds).sum());
    gauge(registry, "members.training", now -> now.members().size() - waiting(now));
    gauge(registry, "members.waiting", RunMetrics::waiting);
    gauge(
        registry,
        "images.done",
        now -> now.runs().stream().mapToLong(Snapshot.Run::imagesDone).sum());
    gauge(registry, "images.persecond", RunMetrics::imagesPerSecond);
    gauge(registry, "accuracy", RunMetrics::accuracy);
  }

  private void gauge(MetricRegistry registry, String name, ToDoubleFunction<Snapshot> value) {
    registry.register(name, (Gauge<Double>) () -> value.applyAsDouble(model.snapshot()));
  }

  private static long waiting(Snapshot now) {
    return now.members().stream().filter(member -> member.training() == null).count();
  }

  private static double imagesPerSecond(Snapshot now) {
    return now.members().stream()
        .map(Snapshot.Member::training)
        .filter(Objects::nonNull)
        .mapToDouble(
            training -> training.imagesPerSecond() == null ? 0 : training.imagesPerSecond())
        .sum();
  }

  /** Mean over the active runs that have a round; NaN before. */
  private static double accuracy(Snapshot now) {
    return now.runs().stream()
        .map(Snapshot.Run::accuracy)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}

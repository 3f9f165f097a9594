package org.modelzoo.spark.progress;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.training.MemberOutcome;

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
  private final Counter notes = new Counter();

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
    } else if (event instanceof RunEvent.ClusterNote) {
      notes.inc();
    } else if (event instanceof RunEvent.MemberFinished member) {
      if (member.outcome() instanceof MemberOutcome.Completed) {
        completed.inc();
      } else if (member.outcome() instanceof MemberOutcome.Diverged) {
        diverged.inc();
      } else {
        failed.inc();
      }
    }
  }

  void register(MetricRegistry registry) {
    registry.register("rounds.committed", rounds);
    registry.register("members.completed", completed);
    registry.register("members.diverged", diverged);
    registry.register("members.failed", failed);
    registry.register("cluster.notes", notes);
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

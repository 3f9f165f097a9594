package org.modelzoo.spark.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.Eta;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.Failed;
import org.modelzoo.spark.event.RunEvent.Finished;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.RoundFound;
import org.modelzoo.spark.event.RunEvent.RoundStarted;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunEvent.TableChanged;
import org.modelzoo.spark.event.RunListener;

/** Knows how far the runs of a command are. Lives on the driver; thread-safe. */
public final class ProgressModel implements RunListener {
  private final LongSupplier nanoTime;
  private final long startedNanos;
  private final Map<String, RunState> runs = new LinkedHashMap<>();
  private final Map<String, LiveTable> tables = new LinkedHashMap<>();
  private long firstRunNanos;
  private int runsEnded;
  private long imagesOfEnded;

  public ProgressModel() {
    this(System::nanoTime);
  }

  ProgressModel(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startedNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof Started started) {
      firstRunNanos = runs.isEmpty() && runsEnded == 0 ? nanoTime.getAsLong() : firstRunNanos;
      runs.put(started.method(), new RunState(started));
    } else if (event instanceof RoundStarted round) {
      in(round.method(), run -> run.submitted(round.members()));
    } else if (event instanceof MemberProgressed member) {
      in(member.method(), run -> run.progressed(member));
    } else if (event instanceof MemberFinished member) {
      in(member.method(), run -> run.ended(member.member()));
    } else if (event instanceof RoundCommitted round) {
      in(round.method(), run -> run.committed(round.scores()));
    } else if (event instanceof RoundFound round) {
      in(round.method(), run -> run.committed(round.scores()));
    } else if (event instanceof TableChanged changed) {
      tables.put(changed.table().title(), changed.table());
    } else if (event instanceof Finished finished) {
      ended(finished.method());
    } else if (event instanceof Failed failed) {
      ended(failed.method());
    }
  }

  private void in(String method, Consumer<RunState> change) {
    Optional.ofNullable(runs.get(method)).ifPresent(change);
  }

  private void ended(String method) {
    RunState run = runs.remove(method);
    if (run != null) {
      runsEnded++;
      imagesOfEnded += run.imagesDone();
    }
  }

  /** Time left for the runs that have started. */
  synchronized Optional<Duration> left() {
    long done = imagesOfEnded + runs.values().stream().mapToLong(RunState::imagesDone).sum();
    return Eta.left(Duration.ofNanos(nanoTime.getAsLong() - firstRunNanos), done, planned());
  }

  private OptionalLong planned() {
    long planned = imagesOfEnded;
    for (RunState run : runs.values()) {
      if (run.images().isEmpty()) {
        return OptionalLong.empty();
      }
      planned += run.images().getAsLong();
    }
    return OptionalLong.of(planned);
  }

  /** What there is to see now. */
  public synchronized Snapshot snapshot() {
    return new Snapshot(
        Snapshot.FORMAT_VERSION,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        /* allDone= */ false,
        Duration.ofNanos(nanoTime.getAsLong() - startedNanos).toSeconds(),
        left().map(Duration::toSeconds).orElse(null),
        runs.values().stream().map(RunState::run).toList(),
        runsEnded,
        runs.values().stream().flatMap(RunState::members).toList(),
        List.copyOf(tables.values()));
  }
}

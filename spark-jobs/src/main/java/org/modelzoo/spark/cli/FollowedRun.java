package org.modelzoo.spark.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.modelzoo.base.TerminalText;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.progress.ProgressFile;
import org.modelzoo.spark.progress.Snapshot;
import org.modelzoo.spark.progress.SnapshotView;
import org.modelzoo.store.DriverSign;
import org.modelzoo.store.RunDirectory;

/** A run as somebody sees it who only reads its directory. Thread-safe. */
final class FollowedRun {
  /** As long without a sign of life, and the next driver takes the run over. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final RunDirectory directory;
  private Optional<Snapshot> snapshot = Optional.empty();
  private Optional<DriverSign> driver = Optional.empty();
  private boolean summary;
  private long changedNanos;
  private boolean changed;

  FollowedRun(RunDirectory directory) {
    this.directory = directory;
  }

  /** Reads what there is now. */
  void look() {
    Optional<Snapshot> found =
        directory.find(ProgressFile.NAME, Snapshot.class, Snapshot.FORMAT_VERSION).record();
    Optional<DriverSign> sign = DriverSign.of(directory);
    boolean ended = directory.has("summary.json");
    synchronized (this) {
      // A file that was read while it was replaced is read again with the next look.
      snapshot = found.or(() -> snapshot);
      if (driver.isPresent() && sign.isPresent() && !sign.equals(driver)) {
        changed = true;
        changedNanos = System.nanoTime();
      }
      driver = sign.or(() -> driver);
      summary = ended;
    }
  }

  /** Whether anybody ever worked here. */
  synchronized boolean isThere() {
    return snapshot.isPresent() || driver.isPresent() || summary;
  }

  /** Whether there is nothing left to do. */
  synchronized boolean isFinished() {
    return snapshot.map(Snapshot::allDone).orElse(summary);
  }

  /** What there is to see. */
  synchronized List<String> lines(Size size) {
    List<String> lines = new ArrayList<>();
    lines.add(directory.location());
    lines.add(state());
    if (snapshot.isPresent() && !isFinished()) {
      lines.addAll(
          SnapshotView.lines(
              snapshot.get(), new Size(size.getColumns(), size.getRows() - lines.size())));
    }
    return lines.stream().map(line -> TerminalText.line(Redaction.hidden(line))).toList();
  }

  private String state() {
    if (isFinished()) {
      return "finished";
    }
    if (driver.isEmpty()) {
      return "no driver";
    }
    DriverSign sign = driver.get();
    return switch (sign.state()) {
      case RELEASED -> "the driver ended before the run; the same command continues it";
      case KILLED ->
          "the driver was killed (%s); the same command continues the run"
              .formatted(sign.description());
      case UNKNOWN ->
          silence().compareTo(SILENCE) > 0
              ? "the driver gave no sign of life for %s (%s); if it is dead, the same command continues the run"
                  .formatted(seconds(silence()), sign.description())
              : "the driver works (%s)".formatted(sign.description());
    };
  }

  /**
   * By this machine's clock alone, once a sign of life was seen to come; until then by both
   * machines' clocks.
   */
  private Duration silence() {
    if (changed) {
      return Duration.ofNanos(System.nanoTime() - changedNanos);
    }
    try {
      return Duration.between(Instant.parse(driver.orElseThrow().renewed()), Instant.now());
    } catch (DateTimeParseException e) {
      return Duration.ZERO; // Not as we write it: only what follows can tell.
    }
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }
}

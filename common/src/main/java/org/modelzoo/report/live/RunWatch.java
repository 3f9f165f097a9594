package org.modelzoo.report.live;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.DriverSign;
import org.modelzoo.store.RunDirectory;

/**
 * The directory of a run, sweep or study as somebody sees it who only reads it; writes nothing.
 * Thread-safe.
 */
public final class RunWatch {
  /** As long without a sign of life, and the next driver takes the run over. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final RunDirectory directory;
  private Optional<Snapshot> snapshot = Optional.empty();
  private Optional<DriverSign> driver = Optional.empty();
  private boolean summary;
  private long changedNanos;
  private boolean changed;

  /** A directory that was not looked at yet. */
  public RunWatch(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Reads what there is now.
   *
   * @throws ModelZooException (cluster) if the file system fails, (data) if a file is of a newer
   *     program
   */
  public void look() {
    lookAtProgress();
    lookAtDriver();
    boolean ended = directory.has("summary.json");
    synchronized (this) {
      summary = ended;
    }
  }

  /** Reads how far the work is; a file that is damaged or being replaced leaves what was known. */
  public void lookAtProgress() {
    Optional<Snapshot> found =
        directory.find(Snapshot.NAME, Snapshot.class, Snapshot.FORMAT_VERSION).record();
    synchronized (this) {
      snapshot = found.or(() -> snapshot);
    }
  }

  /** Reads the driver's last sign of life. */
  public void lookAtDriver() {
    Optional<DriverSign> sign = DriverSign.of(directory);
    synchronized (this) {
      if (driver.isPresent() && sign.isPresent() && !sign.equals(driver)) {
        changed = true;
        changedNanos = System.nanoTime();
      }
      driver = sign.or(() -> driver);
    }
  }

  /** Whether anybody ever worked here. */
  public synchronized boolean isThere() {
    return snapshot.isPresent() || driver.isPresent() || summary;
  }

  /** Whether there is nothing left to do. */
  public synchronized boolean isFinished() {
    return snapshot.map(Snapshot::allDone).orElse(summary);
  }

  /** How far the work is; empty where nothing tells. */
  public synchronized Optional<Snapshot> snapshot() {
    return snapshot;
  }

  /** What became of the driver, whether the work is finished or not. */
  public synchronized DriverState driver() {
    if (driver.isEmpty()) {
      return DriverState.NONE;
    }
    DriverSign sign = driver.get();
    return switch (sign.state()) {
      case RELEASED ->
          new DriverState(
              DriverState.Kind.ENDED,
              "the driver ended before the run; the same command continues it",
              sign.renewed());
      case KILLED ->
          new DriverState(
              DriverState.Kind.KILLED,
              "the driver was killed (%s); the same command continues the run"
                  .formatted(sign.description()),
              sign.renewed());
      case UNKNOWN ->
          silence().compareTo(SILENCE) > 0
              ? new DriverState(
                  DriverState.Kind.SILENT,
                  "the driver gave no sign of life for %s (%s); if it is dead, the same command continues the run"
                      .formatted(seconds(silence()), sign.description()),
                  sign.renewed())
              : new DriverState(
                  DriverState.Kind.WORKS,
                  "the driver works (%s)".formatted(sign.description()),
                  sign.renewed());
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

package org.modelzoo.board.scan;

import java.util.List;
import java.util.Optional;
import org.modelzoo.board.EntryKind;
import org.modelzoo.board.EntryState;
import org.modelzoo.report.live.DriverState;
import org.modelzoo.report.live.Snapshot;

/**
 * How an entry stands, and why. What belongs to a sweep, a study or a run has no driver of its own:
 * that of the whole counts.
 *
 * @param reason null where the state says it all
 */
record Standing(EntryState state, String reason) {
  static Standing of(ScannedEntry entry) {
    if (entry.kind() == EntryKind.ZOO) {
      return entry
          .damage()
          .map(why -> new Standing(EntryState.DAMAGED, why))
          .orElse(new Standing(EntryState.FINISHED, null));
    }
    DriverState driver = driver(entry);
    boolean atWork = driver.kind() == DriverState.Kind.WORKS && isAtWork(entry);
    if (entry.damage().isPresent() && !atWork) {
      return new Standing(EntryState.DAMAGED, entry.damage().get());
    }
    if (atWork) {
      return new Standing(EntryState.RUNNING, entry.damage().orElse(driver.text()));
    }
    if (isFinished(entry)) {
      return new Standing(EntryState.FINISHED, null);
    }
    return open(entry, driver);
  }

  private static Standing open(ScannedEntry entry, DriverState driver) {
    String failure = entry.files().map(EntryFiles::failure).orElse(null);
    Optional<String> ofSweep = failureInSweep(entry);
    if (failure != null || ofSweep.isPresent()) {
      return new Standing(EntryState.FAILED, ofSweep.orElse(failure));
    }
    return switch (driver.kind()) {
      case WORKS -> new Standing(EntryState.WAITING, "it waits for its turn; " + driver.text());
      case KILLED -> new Standing(EntryState.KILLED, driver.text());
      case SILENT ->
          // Without the seconds since then, which would be another text at every look.
          new Standing(
              EntryState.KILLED,
              "the driver has given no sign of life since %s; if it is dead, the same command continues the run"
                  .formatted(driver.lastSign()));
      case ENDED -> new Standing(EntryState.WAITING, driver.text());
      case NONE -> new Standing(EntryState.WAITING, driver.text());
    };
  }

  /** An experiment's failure is written down in the sweep's directory. */
  private static Optional<String> failureInSweep(ScannedEntry entry) {
    return entry
        .parent()
        .filter(parent -> parent.kind() == EntryKind.SWEEP)
        .flatMap(ScannedEntry::files)
        .flatMap(files -> files.failures().of(entry.path().getName()));
  }

  /** Whether there is nothing left to do in it. */
  static boolean isFinished(ScannedEntry entry) {
    return entry.files().map(EntryFiles::isFinished).orElse(true);
  }

  /** The driver that works on it or on what it belongs to. */
  private static DriverState driver(ScannedEntry entry) {
    DriverState own = entry.files().map(files -> files.watch().driver()).orElseThrow();
    return own.kind() == DriverState.Kind.NONE && entry.parent().isPresent()
        ? driver(entry.parent().get())
        : own;
  }

  /** Whether the command at work counts it among what it works on. */
  private static boolean isAtWork(ScannedEntry entry) {
    Optional<Snapshot> snapshot = snapshot(entry);
    if (snapshot.isEmpty() || isWhole(entry)) {
      return !isFinished(entry);
    }
    return snapshot.get().runs().stream()
        .anyMatch(run -> isOf(entry, run.name()) && run.roundsDone() < run.rounds());
  }

  /** What stands in the table of the run; of a whole sweep or study all. */
  static List<Snapshot.Member> membersAtWork(ScannedEntry entry) {
    return snapshot(entry)
        .map(
            it ->
                it.members().stream()
                    .filter(member -> isWhole(entry) || isOf(entry, member.run()))
                    .toList())
        .orElse(List.of());
  }

  /** How far the command is that works on it or on what it belongs to. */
  static Optional<Snapshot> snapshot(ScannedEntry entry) {
    return entry
        .files()
        .flatMap(files -> files.watch().snapshot())
        .or(() -> entry.parent().flatMap(Standing::snapshot));
  }

  private static boolean isWhole(ScannedEntry entry) {
    return entry.kind() == EntryKind.SWEEP || entry.kind() == EntryKind.STUDY;
  }

  /** Commands call a run by its method, in a sweep with the experiment's name before it. */
  private static boolean isOf(ScannedEntry entry, String run) {
    String method = entry.files().flatMap(EntryFiles::identity).map(it -> it.method()).orElse("");
    ScannedEntry experiment =
        entry.kind() == EntryKind.BASELINE ? entry.parent().orElse(entry) : entry;
    String directory = experiment.path().getName();
    boolean isPart = experiment.parent().isPresent();
    return isPart
        ? endsWith(run, directory + " " + method) || endsWith(run, directory)
        : endsWith(run, method);
  }

  private static boolean endsWith(String run, String words) {
    return run.equals(words) || run.endsWith(" " + words);
  }
}

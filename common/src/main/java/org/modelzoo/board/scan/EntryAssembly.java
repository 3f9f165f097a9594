package org.modelzoo.board.scan;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.modelzoo.base.Secrets;
import org.modelzoo.board.ConfigKeys;
import org.modelzoo.board.Entry;
import org.modelzoo.board.Entry.Advance;
import org.modelzoo.board.Entry.Results;
import org.modelzoo.board.Entry.Subject;
import org.modelzoo.board.EntryKind;
import org.modelzoo.board.EntryState;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.StudySummary;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.report.sweep.SweepFile;
import org.modelzoo.zoo.ZooManifest;

/** Makes the row of an entry from what its files, and those of what it belongs to, say. */
final class EntryAssembly {
  /** That a cell of the table has room for. */
  private static final int MOST_NETWORKS = 3;

  private final String root;

  EntryAssembly(String root) {
    this.root = root;
  }

  Entry of(ScannedEntry entry) {
    Standing standing = Standing.of(entry);
    return new Entry(
        entry.id(),
        root,
        place(entry),
        name(entry),
        entry.kind(),
        entry.parent().map(ScannedEntry::id).orElse(null),
        entry.children().size(),
        standing.state(),
        standing.reason() == null ? null : Secrets.hiddenIn(standing.reason()),
        subject(entry),
        advance(entry, standing.state()),
        results(entry, standing.state()),
        started(entry),
        entry.updated() == 0 ? null : entry.updated(),
        entry.owner());
  }

  private static String place(ScannedEntry entry) {
    return "file".equals(entry.path().toUri().getScheme())
        ? entry.path().toUri().getPath()
        : entry.path().toString();
  }

  private static String name(ScannedEntry entry) {
    return entry
        .files()
        .flatMap(EntryFiles::sweep)
        .map(SweepFile::name)
        .or(() -> entry.zoo().map(ZooManifest::name))
        .orElseGet(() -> entry.path().getName());
  }

  private static Subject subject(ScannedEntry entry) {
    return entry
        .files()
        .map(EntryAssembly::subject)
        .or(() -> entry.zoo().map(EntryAssembly::subject))
        .orElse(Subject.UNKNOWN);
  }

  /** An archive says what networks its members are. */
  private static Subject subject(ZooManifest zoo) {
    String networks =
        zoo.members().stream()
            .map(member -> member.network().name())
            .distinct()
            .limit(MOST_NETWORKS)
            .collect(Collectors.joining(", "));
    return new Subject(null, null, networks.isEmpty() ? null : networks, null, null, null, null);
  }

  private static Subject subject(EntryFiles files) {
    ConfigKeys keys = files.keys();
    String gpus = keys.value("cluster.gpus-per-member");
    return new Subject(
        files.identity().map(it -> it.method()).orElse(null),
        keys.value("data.set.name"),
        keys.value("network.name"),
        keys.value("network.engine"),
        keys.value("training.precision"),
        gpus == null ? null : gpus.matches("0(\\.0*)?") ? "cpu" : "gpu",
        files.identity().map(it -> it.seed()).orElse(null));
  }

  private static Advance advance(ScannedEntry entry, EntryState state) {
    if (entry.zoo().isPresent()) {
      int members = entry.zoo().get().members().size();
      return new Advance(members, members, "members", null);
    }
    if (entry.files().isEmpty()) {
      return new Advance(null, null, null, null);
    }
    EntryFiles files = entry.files().get();
    Long eta =
        state == EntryState.RUNNING
            ? files.watch().snapshot().map(Snapshot::secondsLeft).orElse(null)
            : null;
    return switch (entry.kind()) {
      case SWEEP -> {
        long done = entry.children().stream().filter(Standing::isFinished).count();
        Integer planned = files.sweep().map(EntryAssembly::experiments).orElse(null);
        yield new Advance((int) done, planned, "experiments", eta);
      }
      case STUDY ->
          new Advance(
              files.study().map(EntryAssembly::ended).orElse(null), files.planned(), "trials", eta);
      default -> new Advance(files.rounds(), files.planned(), "rounds", eta);
    };
  }

  /** Those with a directory of their own in the sweep's. */
  private static int experiments(SweepFile sweep) {
    return (int) sweep.experiments().stream().filter(it -> it.baseline() == null).count();
  }

  private static int ended(StudySummary study) {
    return study.trials().entrySet().stream()
        .filter(count -> !List.of("running", "waiting", "paused").contains(count.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static Results results(ScannedEntry entry, EntryState state) {
    if (entry.files().isEmpty()) {
      return Results.NONE;
    }
    EntryFiles files = entry.files().get();
    if (entry.kind() == EntryKind.SWEEP) {
      return new Results(
          null,
          List.of(),
          null,
          rate(entry, state),
          sum(entry, RunSummary.Cost::cardSeconds),
          sum(entry, RunSummary.Cost::coreSeconds));
    }
    if (entry.kind() == EntryKind.STUDY) {
      Double best =
          files
              .study()
              .filter(study -> study.objective().endsWith("accuracy"))
              .map(StudySummary::bestValue)
              .orElse(null);
      return new Results(best, List.of(), null, rate(entry, state), null, null);
    }
    Optional<RunSummary> summary = files.summary().filter(it -> state == EntryState.FINISHED);
    Optional<RunSummary.Cost> cost = summary.map(RunSummary::cost);
    return new Results(
        summary.map(it -> finite(it.averageAccuracy())).orElse(files.course().accuracy()),
        files.course().averages(),
        summary.map(it -> finite(it.forgetting())).orElse(files.course().forgetting()),
        summary.map(it -> finite(it.trainImagesPerSecond())).orElseGet(() -> rate(entry, state)),
        cost.map(it -> finite(it.cardSeconds())).orElse(null),
        cost.map(it -> finite(it.coreSeconds())).orElse(null));
  }

  /** Of those that are finished. */
  private static Double sum(ScannedEntry sweep, Function<RunSummary.Cost, Double> part) {
    return sweep.children().stream()
        .map(child -> child.files().flatMap(EntryFiles::summary).map(RunSummary::cost).orElse(null))
        .filter(Objects::nonNull)
        .map(part)
        .reduce(Double::sum)
        .orElse(null);
  }

  /** Images a second of the members in training that are its own. */
  private static Double rate(ScannedEntry entry, EntryState state) {
    if (state != EntryState.RUNNING) {
      return null;
    }
    double sum =
        Standing.membersAtWork(entry).stream()
            .map(Snapshot.Member::training)
            .filter(training -> training != null && training.imagesPerSecond() != null)
            .mapToDouble(Snapshot.Training::imagesPerSecond)
            .sum();
    return sum == 0 ? null : finite(sum);
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Long started(ScannedEntry entry) {
    String text = entry.files().flatMap(EntryFiles::identity).map(it -> it.started()).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}

package org.modelzoo.board.scan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.ConfigKeys;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.StudySummary;
import org.modelzoo.report.live.DriverState;
import org.modelzoo.report.live.RunWatch;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.report.sweep.SweepFile;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.RunHistory;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/**
 * What the files of one run, sweep or study say, each read again only when it changed. One thread
 * at a time reads.
 */
final class EntryFiles {
  private final RunDirectory directory;
  private final RunWatch watch;
  private final SweepFailures failures;

  /** Length and time of each file as it was read last. */
  private final Map<String, String> read = new HashMap<>();

  private final Map<String, String> damages = new TreeMap<>();

  private Optional<RunIdentity> identity = Optional.empty();
  private ConfigKeys keys = ConfigKeys.NONE;
  private Optional<RunSummary> summary = Optional.empty();
  private Optional<SweepFile> sweep = Optional.empty();
  private Optional<StudySummary> study = Optional.empty();
  private Course course = Course.NONE;
  private int rounds;
  private Integer planned;
  private String failure;

  EntryFiles(RunDirectory directory) {
    this.directory = directory;
    this.watch = new RunWatch(directory);
    this.failures = new SweepFailures(directory);
  }

  /**
   * Reads what changed.
   *
   * @param files of the directory, listed just now
   * @throws IOException if the file system fails; what was read before stays
   */
  void refresh(FilesOf files) throws IOException {
    look(files, "run.json", () -> identity = directory.identity());
    look(files, "config.conf", this::readKeys);
    look(
        files,
        "summary.json",
        () -> summary = found("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION));
    look(
        files,
        SweepFile.NAME,
        () -> sweep = found(SweepFile.NAME, SweepFile.class, SweepFile.FORMAT_VERSION));
    look(
        files,
        "study.json",
        () -> study = found("study.json", StudySummary.class, StudySummary.FORMAT_VERSION));
    look(files, Snapshot.NAME, watch::lookAtProgress);
    if (files.hasDirectory("rounds") && (summary.isEmpty() || rounds < summary.get().rounds())) {
      readRounds(files);
    } else if (summary.isPresent() && course.rounds() < rounds) {
      readCourse(files);
    }
    if (files.hasDirectory("failures")) {
      failures.refresh();
    }
    if (files.hasDirectory("lease") && !isAllDone()) {
      DriverState before = watch.driver();
      access("lease", watch::lookAtDriver);
      if (!watch.driver().equals(before)) {
        access("events", () -> failure = EventTail.failure(directory, watch.driver()));
      }
    }
  }

  private void look(FilesOf files, String name, Reading reading) throws IOException {
    Optional<FileStatus> file = files.file(name);
    String now = file.map(it -> it.getModificationTime() + " " + it.getLen()).orElse("");
    if (!now.equals(read.getOrDefault(name, ""))) {
      access(
          name,
          () -> {
            file.ifPresent(FilesOf::requireReadable);
            reading.run();
          });
      read.put(name, now);
    }
  }

  /** Damage is kept with the name of its file. A failing file system is not damage. */
  private void access(String name, Reading reading) throws IOException {
    try {
      damages.remove(name);
      reading.run();
    } catch (FileNotFoundException e) {
      // Replaced or deleted meanwhile: the next look finds what there is.
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.CLUSTER) {
        throw new IOException(e.getMessage(), e);
      }
      damages.put(name, e.getMessage());
    } catch (StackOverflowError e) {
      damages.put(name, directory.path(name) + " is nested too deeply");
    }
  }

  private <T> Optional<T> found(String name, Class<T> type, int version) {
    FoundRecord<T> found = directory.find(name, type, version);
    found.damage().ifPresent(damage -> damages.put(name, damage));
    return found.record();
  }

  private void readKeys() {
    keys =
        directory
            .findText("config.conf")
            .map(text -> ConfigLoader.storedKeys(text, directory.path("config.conf").toString()))
            .map(ConfigKeys::of)
            .orElse(ConfigKeys.NONE);
    planned = null;
  }

  private void readRounds(FilesOf files) throws IOException {
    FilesOf listed;
    try {
      listed = FilesOf.list(directory.files(), directory.path("rounds"));
    } catch (FileNotFoundException e) {
      return;
    }
    int found = 0;
    while (listed.has(name(found))) {
      found++;
    }
    if (found != rounds || (found > 0 && damages.containsKey("rounds"))) {
      String last = name(found - 1);
      int number = found - 1;
      access(
          "rounds",
          () -> {
            if (number >= 0) {
              listed.requireReadable(last);
              FoundRecord<Round> round = new RoundStore(directory).find(number);
              round.damage().ifPresent(damage -> damages.put("rounds", damage));
            }
          });
      rounds = found;
    }
    if (course.rounds() != rounds) {
      readCourse(files);
    }
  }

  /** From the table where it is as long as the rounds, and else from them. */
  private void readCourse(FilesOf files) throws IOException {
    if (rounds == 0) {
      course = Course.NONE;
      return;
    }
    String table = "accuracy-matrix.csv";
    Optional<FileStatus> file = files.file(table);
    if (file.isPresent()) {
      access(
          table,
          () -> {
            FilesOf.requireReadable(file.get());
            Course.read(directory.files(), directory.path(table))
                .ifPresent(found -> course = found);
          });
    }
    if (course.rounds() != rounds) {
      access(
          "rounds of the history",
          () ->
              course =
                  Course.of(
                      RunHistory.read(directory, damage -> damages.put("rounds", damage))
                          .matrix()));
    }
  }

  private static String name(int round) {
    return String.format(Locale.ROOT, "round-%03d.json", round);
  }

  /** How many rounds or trials there will be; null where nothing tells. */
  Integer planned() {
    if (summary.isPresent()) {
      return summary.get().rounds();
    }
    if (planned == null && identity.isPresent() && keys != ConfigKeys.NONE) {
      planned = plannedByConfiguration();
    }
    return planned;
  }

  private Integer plannedByConfiguration() {
    try {
      ModelZooConfig config =
          ConfigLoader.parse(directory.configuration(), directory.path("config.conf").toString())
              .values();
      for (Method method : Method.values()) {
        if (KebabCase.of(method).equals(identity.get().method())) {
          return RoundPlanner.of(config, method).rounds();
        }
      }
      return isStudy() ? config.search().trials() : null;
    } catch (RuntimeException e) {
      return null; // Of another program: what it planned isn't known here.
    }
  }

  boolean isStudy() {
    return identity.filter(it -> it.method().equals("search")).isPresent();
  }

  /** Whether there is nothing left to do, by its own files. */
  boolean isFinished() {
    return summary.isPresent()
        || study.filter(it -> it.finished() != null).isPresent()
        || watch.snapshot().filter(Snapshot::allDone).isPresent();
  }

  /** Whether nobody has work left in the whole directory. */
  private boolean isAllDone() {
    return watch.snapshot().map(Snapshot::allDone).orElse(isFinished());
  }

  RunDirectory directory() {
    return directory;
  }

  RunWatch watch() {
    return watch;
  }

  Optional<RunIdentity> identity() {
    return identity;
  }

  ConfigKeys keys() {
    return keys;
  }

  Optional<RunSummary> summary() {
    return summary;
  }

  Optional<SweepFile> sweep() {
    return sweep;
  }

  Optional<StudySummary> study() {
    return study;
  }

  Course course() {
    return course;
  }

  int rounds() {
    return summary.map(RunSummary::rounds).orElse(rounds);
  }

  /** Why experiments of a sweep failed. */
  SweepFailures failures() {
    return failures;
  }

  /** Why the run failed; null where it didn't. */
  String failure() {
    return failure;
  }

  /** What is wrong with the files; empty where nothing is. */
  Optional<String> damage() {
    return damages.values().stream().findFirst();
  }

  /** Reads something. */
  @FunctionalInterface
  private interface Reading {
    void run() throws IOException;
  }
}

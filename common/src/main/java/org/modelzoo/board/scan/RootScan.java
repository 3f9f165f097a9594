package org.modelzoo.board.scan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.EntryKind;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.report.sweep.SweepFile;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooArchive;

/**
 * Looks for entries below one root, by the files that each kind always has, and again for what has
 * changed. Finished work whose directory has the time that it had is not looked into. One thread.
 */
final class RootScan {
  private static final int DEEPEST = 12;

  /** So many entries a root; a directory tree is not followed without end. */
  private static final int MOST_ENTRIES = 50_000;

  /** A directory that changed so lately may change again within the same tick of the clock. */
  private static final long FRESH_MILLIS = 3000;

  /** Of a run; what else is in there are no entries. */
  private static final Set<String> PARTS =
      Set.of(
          "members",
          "rounds",
          "checkpoints",
          "events",
          "lease",
          "log",
          "failures",
          "baselines",
          "trials",
          "tensorboard");

  private final RunDirectory root;
  private final Configuration hadoop;
  private final Runnable step;
  private Map<Path, ScannedEntry> known = Map.of();
  private Map<Path, ScannedEntry> found = new LinkedHashMap<>();

  /**
   * A root that was not looked at yet.
   *
   * @param step is run after each answer of the file system
   */
  RootScan(RunDirectory root, Configuration hadoop, Runnable step) {
    this.root = root;
    this.hadoop = hadoop;
    this.step = step;
  }

  /**
   * Looks at everything once.
   *
   * @throws FileNotFoundException if there is no root
   * @throws IOException if the file system fails
   */
  Map<Path, ScannedEntry> look() throws IOException {
    found = new LinkedHashMap<>();
    Path place = new Path(root.uri());
    FileStatus status = root.files().status(place);
    if (status.isFile()) {
      archive(status, Optional.empty());
    } else {
      visit(root, status, Optional.empty(), EntryKind.RUN, 0);
    }
    known = found;
    return known;
  }

  /** Those found so far, while a look goes on. */
  Map<Path, ScannedEntry> soFar() {
    return new LinkedHashMap<>(found);
  }

  private void visit(
      RunDirectory directory,
      FileStatus status,
      Optional<ScannedEntry> parent,
      EntryKind runsAre,
      int depth)
      throws IOException {
    ScannedEntry before = known.get(status.getPath());
    if (before != null && before.isSettled() && isUnchanged(before, status)) {
      keep(before, parent);
      return;
    }
    FilesOf files;
    try {
      files = FilesOf.list(directory.files(), status.getPath());
    } catch (FileNotFoundException e) {
      return; // Deleted meanwhile.
    } finally {
      step.run();
    }
    Optional<EntryKind> kind = kind(files, runsAre);
    Optional<ScannedEntry> entry =
        kind.filter(it -> found.size() < MOST_ENTRIES)
            .map(it -> entry(directory, status, it, parent));
    if (entry.isPresent()) {
      read(entry.get(), files, status);
    }
    for (FileStatus child : sorted(files)) {
      String name = child.getPath().getName();
      if (child.isDirectory()) {
        descend(directory.inside(name), child, entry, depth);
      } else if (name.endsWith(".zip")) {
        archive(child, entry);
      }
    }
  }

  private void descend(
      RunDirectory directory, FileStatus child, Optional<ScannedEntry> entry, int depth)
      throws IOException {
    String name = child.getPath().getName();
    if (name.startsWith(".") || name.startsWith("_") || depth >= DEEPEST) {
      return;
    }
    boolean isRun = entry.filter(it -> it.kind() != EntryKind.SWEEP).isPresent();
    if (isRun && (name.equals("baselines") || name.equals("trials"))) {
      EntryKind kind = name.equals("trials") ? EntryKind.RUN : EntryKind.BASELINE;
      for (FileStatus part : sorted(directory, child)) {
        if (part.isDirectory()) {
          visit(directory.inside(part.getPath().getName()), part, entry, kind, depth + 2);
        }
      }
    } else if (entry.isEmpty() || !PARTS.contains(name)) {
      visit(directory, child, entry, EntryKind.RUN, depth + 1);
    }
  }

  private List<FileStatus> sorted(RunDirectory directory, FileStatus status) throws IOException {
    try {
      return sorted(FilesOf.list(directory.files(), status.getPath()));
    } catch (FileNotFoundException e) {
      return List.of();
    } finally {
      step.run();
    }
  }

  private static List<FileStatus> sorted(FilesOf files) {
    return files.all().stream()
        .sorted(Comparator.comparing(file -> file.getPath().getName()))
        .toList();
  }

  /** What a directory is, by its files; empty where it only holds others. */
  private static Optional<EntryKind> kind(FilesOf files, EntryKind runsAre) {
    if (files.file(SweepFile.NAME).isPresent()) {
      return Optional.of(EntryKind.SWEEP);
    }
    if (files.file("run.json").isPresent()) {
      // A study's log is a directory of a name that no run has.
      return Optional.of(files.hasDirectory("log") ? EntryKind.STUDY : runsAre);
    }
    if (files.hasDirectory("lease")) {
      // Begun, and nothing is written yet; a sweep writes its file when an experiment has ended.
      boolean holdsOthers =
          files.all().stream()
              .anyMatch(file -> file.isDirectory() && !PARTS.contains(file.getPath().getName()));
      return Optional.of(holdsOthers ? EntryKind.SWEEP : runsAre);
    }
    return files.file(Snapshot.NAME).map(file -> runsAre);
  }

  private ScannedEntry entry(
      RunDirectory directory, FileStatus status, EntryKind kind, Optional<ScannedEntry> parent) {
    ScannedEntry before = known.get(status.getPath());
    ScannedEntry entry =
        before != null && before.kind() == kind && before.parent().equals(parent)
            ? before
            : new ScannedEntry(
                status.getPath(),
                kind,
                parent,
                Optional.of(
                    before == null || before.files().isEmpty()
                        ? new EntryFiles(directory)
                        : before.files().get()));
    entry.children().clear();
    add(entry, parent);
    return entry;
  }

  private void add(ScannedEntry entry, Optional<ScannedEntry> parent) {
    found.put(entry.path(), entry);
    parent.ifPresent(it -> it.children().add(entry));
  }

  private void keep(ScannedEntry entry, Optional<ScannedEntry> parent) {
    add(entry, parent);
    keepChildren(entry);
  }

  private void keepChildren(ScannedEntry entry) {
    for (ScannedEntry child : entry.children()) {
      found.put(child.path(), child);
      keepChildren(child);
    }
  }

  /** Stores of objects have no times of directories: they say none, or the present one. */
  private static boolean isUnchanged(ScannedEntry before, FileStatus status) {
    long modified = status.getModificationTime();
    return modified > 0
        && modified == before.modified()
        && modified < System.currentTimeMillis() - FRESH_MILLIS;
  }

  private void read(ScannedEntry entry, FilesOf files, FileStatus status) throws IOException {
    entry.files().orElseThrow().refresh(files);
    entry.seen(Owner.of(status), status.getModificationTime(), files.newest());
    step.run();
  }

  /** Every file that begins as our archives do; other zips are none of the board's. */
  private void archive(FileStatus file, Optional<ScannedEntry> parent) throws IOException {
    ScannedEntry before = known.get(file.getPath());
    if (before != null && before.kind() == EntryKind.ZOO && isSame(before, file)) {
      add(before, parent);
      return;
    }
    if (!isZoo(file) || found.size() >= MOST_ENTRIES) {
      return;
    }
    ScannedEntry entry = new ScannedEntry(file.getPath(), EntryKind.ZOO, parent, Optional.empty());
    try {
      entry.readZoo(
          Optional.of(SavedZoo.at(file.getPath().toString(), hadoop).manifest()),
          file.getLen(),
          Optional.empty());
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.CLUSTER) {
        throw new IOException(e.getMessage(), e);
      }
      entry.readZoo(Optional.empty(), file.getLen(), Optional.of(e.getMessage()));
    }
    entry.seen(Owner.of(file), file.getModificationTime(), 0);
    add(entry, parent);
    step.run();
  }

  private static boolean isSame(ScannedEntry before, FileStatus file) {
    return before.modified() == file.getModificationTime()
        && before.archiveBytes().equals(OptionalLong.of(file.getLen()));
  }

  private boolean isZoo(FileStatus file) throws IOException {
    int header = 30;
    byte[] begin;
    try (InputStream in = root.files().open(file.getPath())) {
      begin = in.readNBytes(header + ZooArchive.MANIFEST.length());
    } catch (FileNotFoundException e) {
      return false;
    } finally {
      step.run();
    }
    return begin.length > header
        && begin[0] == 'P'
        && begin[1] == 'K'
        && new String(begin, header, begin.length - header, StandardCharsets.UTF_8)
            .equals(ZooArchive.MANIFEST);
  }
}

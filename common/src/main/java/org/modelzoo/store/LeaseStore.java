package org.modelzoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * The leases of a run directory, numbered from 1. The highest number counts: to take a run over is
 * to create the next one, {@code lease/NNNNNN.json}, which only one of several drivers can. No file
 * is ever replaced: each sign of life is a new file {@code lease/NNNNNN-MMMMMM.json}, and the last
 * two are kept: a look that lasts while one comes and one goes finds the other. The newest lease
 * always stays, also when it is released, so that no number is given out twice.
 */
final class LeaseStore {
  private static final Pattern NAME = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?\\.json");

  /** Signs of life that stay, the newest ones. */
  private static final int KEPT = 2;

  /** Beats are seconds apart: two in a row that vanish between two looks are a slow reader. */
  private static final int LOOKS = 5;

  private final RunFiles files;
  private final Path directory;

  LeaseStore(RunDirectory run) {
    this.files = run.files();
    this.directory = run.path("lease");
  }

  /** Whether the file system lets exactly one of several drivers create a lease. */
  boolean elects() {
    return files.elects();
  }

  /** The highest number; 0 if nobody ever worked on the run. */
  long newest() throws IOException {
    return files.list(directory).stream().mapToLong(LeaseStore::number).max().orElse(0);
  }

  private static long number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Which sign of life a file is; 0 for the lease as it was created. */
  private static long beat(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() && matcher.group(2) != null ? Long.parseLong(matcher.group(2)) : 0;
  }

  /**
   * A lease as of its last sign of life; empty while it is being created, and after a newer one
   * took its place.
   */
  Optional<LeaseFile> read(long number) throws IOException {
    for (int look = 0; look < LOOKS; look++) {
      Optional<Path> newest = lastSign(number);
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(read(newest.get()));
      } catch (DamagedFileException e) {
        return Optional.empty();
      } catch (FileNotFoundException e) {
        // Its next sign of life came meanwhile.
      }
    }
    return Optional.empty();
  }

  private Optional<Path> lastSign(long number) throws IOException {
    return files.list(directory).stream()
        .filter(name -> number(name) == number)
        .max((a, b) -> Long.compare(beat(a), beat(b)))
        .map(name -> new Path(directory, name));
  }

  private LeaseFile read(Path file) throws IOException {
    return Json.read(files.read(file), LeaseFile.class, LeaseFile.FORMAT_VERSION, file.toString());
  }

  /** Creates a lease that must not be there yet; false if somebody else was first. */
  boolean create(long number, LeaseFile lease) throws IOException {
    return files.createNew(path(number), out -> out.write(Json.write(lease)));
  }

  /** Whether a lease is the one that this driver created, and nobody created over it. */
  boolean isOf(long number, LeaseFile driver) throws IOException {
    try {
      return read(path(number)).token().equals(driver.token());
    } catch (DamagedFileException | FileNotFoundException e) {
      return false;
    }
  }

  /** Writes a sign of life. */
  void beat(long number, LeaseFile lease) throws IOException {
    files.write(path(number, lease.beats()), out -> out.write(Json.write(lease)));
    if (lease.beats() > KEPT) {
      files.delete(path(number, lease.beats() - KEPT));
    }
  }

  /**
   * How long ago a lease gave its last sign of life, by the file system's own clock: those of two
   * drivers may differ.
   *
   * @throws FileNotFoundException if it isn't there any more
   */
  Duration age(long number) throws IOException {
    Path newest =
        lastSign(number).orElseThrow(() -> new FileNotFoundException(path(number).toString()));
    Path probe = RunFiles.temporary(directory, newest.getName());
    try {
      files.write(probe, out -> {});
      return Duration.ofMillis(files.writtenMillis(probe) - files.writtenMillis(newest));
    } finally {
      files.delete(probe);
    }
  }

  /** Clears away what earlier drivers left. */
  void deleteBelow(long number) throws IOException {
    for (String name : files.list(directory)) {
      if (number(name) < number) {
        files.delete(new Path(directory, name));
      }
    }
    files.deleteUnfinished(directory);
  }

  private Path path(long number) {
    return new Path(directory, String.format(Locale.ROOT, "%06d.json", number));
  }

  private Path path(long number, long beat) {
    return new Path(directory, String.format(Locale.ROOT, "%06d-%06d.json", number, beat));
  }
}

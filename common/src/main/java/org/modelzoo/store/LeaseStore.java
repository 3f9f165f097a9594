package org.modelzoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The leases of a run directory, numbered from 1. The highest number counts: to take a run over is
 * to create the next number, which only one of several drivers can. The newest lease always stays,
 * also when it is released, so that no number is given out twice.
 */
final class LeaseStore {
  private final RunFiles files;
  private final Path directory;

  LeaseStore(RunDirectory run) {
    this.files = run.files();
    this.directory = run.path("lease");
  }

  /** The highest number; 0 if nobody ever worked on the run. */
  long newest() throws IOException {
    long newest = 0;
    for (String name : files.list(directory)) {
      newest = Math.max(newest, number(name));
    }
    return newest;
  }

  private static long number(String name) {
    return name.matches("[0-9]{1,18}\\.json")
        ? Long.parseLong(name.substring(0, name.indexOf('.')))
        : 0;
  }

  /** A lease; empty while it is being written, and after a newer one took its place. */
  Optional<LeaseFile> read(long number) throws IOException {
    try {
      byte[] content = files.read(path(number));
      return Optional.of(
          Json.read(content, LeaseFile.class, LeaseFile.FORMAT_VERSION, path(number).toString()));
    } catch (DamagedFileException | FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Creates a lease that must not be there yet; false if somebody else was first. */
  boolean create(long number, LeaseFile lease) throws IOException {
    return files.createNew(path(number), out -> out.write(Json.write(lease)));
  }

  /** Writes a lease that is there again. */
  void write(long number, LeaseFile lease) throws IOException {
    files.write(path(number), out -> out.write(Json.write(lease)));
  }

  /**
   * How long ago a lease was written, by the file system's own clock: those of two drivers may
   * differ.
   *
   * @throws FileNotFoundException if it isn't there any more
   */
  Duration age(long number) throws IOException {
    Path probe = files.temporaryBeside(path(number));
    try {
      files.writeNew(probe, out -> {});
      return Duration.ofMillis(files.writtenMillis(probe) - files.writtenMillis(path(number)));
    } finally {
      files.deleteQuietly(probe);
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
}

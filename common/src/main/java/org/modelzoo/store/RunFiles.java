package org.modelzoo.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Files on any Hadoop file system, visible only when complete: everything is written under a
 * temporary name and renamed into place. Runs on driver and executors.
 */
public final class RunFiles {
  /** Names that start like this are unfinished and may be deleted by anyone who knows no writer. */
  static final String TEMPORARY_PREFIX = ".tmp-";

  private final FileContext files;

  private RunFiles(FileContext files) {
    this.files = files;
  }

  /**
   * The file system that {@code location} lives on.
   *
   * @throws IOException if the scheme is unknown or the file system can't be reached
   */
  public static RunFiles on(Path location, Configuration hadoop) throws IOException {
    Configuration configuration = new Configuration(hadoop);
    // Our files carry their own checksums: no .crc files beside them on a local disk.
    configuration.set("fs.AbstractFileSystem.file.impl", "org.apache.hadoop.fs.local.RawLocalFs");
    return new RunFiles(FileContext.getFileContext(location.toUri(), configuration));
  }

  /** Writes a file and renames it into place; replaces a file that is already there. */
  public void write(Path target, Content content) throws IOException {
    Path temporary = temporaryBeside(target);
    try {
      writeNew(temporary, content);
      rename(temporary, target, Options.Rename.OVERWRITE);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(temporary);
      throw e;
    }
  }

  /** Writes a file that nobody looks at yet, inside a directory that is renamed later. */
  void writeNew(Path target, Content content) throws IOException {
    fill(
        files.create(
            target,
            EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE),
            Options.CreateOpts.createParent()),
        content);
  }

  private static void fill(OutputStream created, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(created, 1 << 16)) {
      content.writeTo(out);
    } catch (FSError e) {
      // What Hadoop makes of a local disk's errors; to all others they are like those of any file.
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    }
  }

  /**
   * Creates a file that must not be there yet; readers may find it half written. Of several that
   * try at the same time one succeeds, on file systems that can tell: a local disk and HDFS can, a
   * store of objects mostly.
   *
   * @return false if somebody else was first
   */
  boolean createNew(Path target, Content content) throws IOException {
    OutputStream created;
    try {
      created = createAbsent(target);
    } catch (IOException e) {
      if (!exists(target)) {
        throw e;
      }
      return false;
    }
    fill(created, content);
    return true;
  }

  private OutputStream createAbsent(Path target) throws IOException {
    URI to = files.makeQualified(target).toUri();
    if ("file".equals(to.getScheme())) {
      // Hadoop's local file system looks first and creates then.
      java.nio.file.Path file = java.nio.file.Path.of(to);
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    return files.create(target, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent());
  }

  /**
   * Renames a finished directory into place.
   *
   * @return false if somebody else was first; then {@code finished} is gone
   */
  boolean commit(Path finished, Path target) throws IOException {
    try {
      rename(finished, target, Options.Rename.NONE);
      return true;
    } catch (IOException e) {
      if (!exists(target)) {
        throw e;
      }
      files.delete(finished, true);
      return false;
    }
  }

  /** Renames in one step; a directory never replaces one that holds something. */
  private void rename(Path source, Path target, Options.Rename option) throws IOException {
    URI from = files.makeQualified(source).toUri();
    URI to = files.makeQualified(target).toUri();
    if ("file".equals(to.getScheme())) {
      // Hadoop's local file system deletes the target first: for a moment there would be no file.
      Files.move(
          java.nio.file.Path.of(from), java.nio.file.Path.of(to), StandardCopyOption.ATOMIC_MOVE);
    } else {
      files.rename(source, target, option);
    }
  }

  /** A name in the same directory that readers skip. */
  Path temporaryBeside(Path target) {
    return new Path(
        target.getParent(), TEMPORARY_PREFIX + target.getName() + "-" + UUID.randomUUID());
  }

  public boolean exists(Path path) throws IOException {
    return files.util().exists(path);
  }

  /**
   * What is at a place.
   *
   * @throws FileNotFoundException if there is nothing
   */
  public FileStatus status(Path path) throws IOException {
    return files.getFileStatus(path);
  }

  /** When a file was last written, milliseconds since 1970, by the file system's clock. */
  long writtenMillis(Path path) throws IOException {
    return files.getFileStatus(path).getModificationTime();
  }

  /** A file from its beginning. */
  public InputStream open(Path path) throws IOException {
    return new BufferedInputStream(files.open(path), 1 << 16);
  }

  /** The whole content of a file. */
  public byte[] read(Path path) throws IOException {
    FileStatus status = files.getFileStatus(path);
    byte[] bytes = new byte[Math.toIntExact(status.getLen())];
    try (FSDataInputStream in = files.open(path)) {
      new DataInputStream(in).readFully(bytes);
    }
    return bytes;
  }

  /** Names in a directory, sorted, without unfinished ones; empty if there is no directory. */
  public List<String> list(Path directory) throws IOException {
    return names(directory).filter(name -> !name.startsWith(TEMPORARY_PREFIX)).toList();
  }

  /** Deletes what a process that was killed left unfinished in a directory. */
  void deleteUnfinished(Path directory) throws IOException {
    for (String name : names(directory).toList()) {
      if (name.startsWith(TEMPORARY_PREFIX)) {
        delete(new Path(directory, name));
      }
    }
  }

  private Stream<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries = files.listStatus(directory);
      while (entries.hasNext()) {
        names.add(entries.next().getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return Stream.empty();
    }
    return names.stream().sorted();
  }

  public void createDirectory(Path directory) throws IOException {
    files.mkdir(directory, FileContext.DIR_DEFAULT_PERM, true);
  }

  /** Deletes a file or a directory with all it holds; nothing happens if it isn't there. */
  public void delete(Path path) throws IOException {
    try {
      files.delete(path, true);
    } catch (FileNotFoundException e) {
      // What should be gone is gone.
    }
  }

  /** Clears away what a failed write left behind. */
  void deleteQuietly(Path path) {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      // The write failed already; its error is the one to report.
    }
  }

  /** Writes the content of one file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}

package org.modelzoo.data;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ModelZooException;

/**
 * Where the files of a data set are, on any Hadoop file system. Only reads. Every failure names the
 * path.
 */
final class DataDirectory {
  /** Large reads: object stores charge per request, and gzip inflates in small steps. */
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path root;
  private final Configuration hadoop;

  DataDirectory(String uri, Configuration hadoop) {
    if (uri.isBlank()) {
      throw DataErrors.data(
          "data.directory is empty, but this data set is read from files. Set it to the directory"
              + " that holds them.");
    }
    this.root = path(uri);
    this.hadoop = hadoop;
  }

  private static Path path(String uri) {
    try {
      return new Path(uri);
    } catch (IllegalArgumentException e) {
      throw DataErrors.data(
          "data.directory = %s is not a valid location: %s. Set it to a path or to the URI of a directory."
              .formatted(uri, e.getMessage()));
    }
  }

  /** The root itself: a directory, or an archive. Missing is an error. */
  FileStatus root() {
    return status("")
        .orElseThrow(
            () ->
                DataErrors.data(
                    "There is nothing at %s. Set data.directory to where the data set is, and check"
                            .formatted(root)
                        + " that every node can reach it."));
  }

  /** Status of a path below the root, or of the root itself for the empty name. */
  Optional<FileStatus> status(String name) {
    Path path = resolve(name);
    try {
      return Optional.of(fileSystem().getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DataErrors.unreadable(path.toString(), e);
    }
  }

  /** The first of some names that is a file below the root. */
  Optional<FileStatus> firstFile(List<String> names) {
    return names.stream()
        .flatMap(name -> status(name).stream())
        .filter(FileStatus::isFile)
        .findFirst();
  }

  /** What a directory below the root holds, in name order; hidden files left out. */
  List<FileStatus> list(String name) {
    Path path = resolve(name);
    try {
      return Arrays.stream(fileSystem().listStatus(path))
          .filter(status -> !status.getPath().getName().startsWith("."))
          .filter(status -> !status.getPath().getName().startsWith("_"))
          .sorted(Comparator.comparing(status -> status.getPath().getName()))
          .toList();
    } catch (IOException e) {
      throw DataErrors.unreadable(path.toString(), e);
    }
  }

  InputStream open(Path path) throws IOException {
    return new BufferedInputStream(
        new SeekingStream(fileSystem().open(path, BUFFER_BYTES)), BUFFER_BYTES);
  }

  ModelZooException missing(List<String> lookedFor) {
    return DataErrors.data(
        "%s has none of: %s. Put the data set's files there, or set data.directory to where they are."
            .formatted(root, String.join(", ", lookedFor)));
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private Path resolve(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  /** Skips by seeking: streams of object stores read what they skip. */
  private static final class SeekingStream extends FilterInputStream {
    private final FSDataInputStream file;

    SeekingStream(FSDataInputStream file) {
      super(file);
      this.file = file;
    }

    @Override
    public long skip(long bytes) throws IOException {
      if (bytes <= 0) {
        return 0;
      }
      file.seek(file.getPos() + bytes);
      return bytes;
    }
  }

  private FileSystem fileSystem() throws IOException {
    try {
      return root.getFileSystem(hadoop);
    } catch (IllegalArgumentException e) { // for an unknown host
      throw new IOException(e.getMessage(), e);
    }
  }
}

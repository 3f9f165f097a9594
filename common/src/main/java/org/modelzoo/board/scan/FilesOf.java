package org.modelzoo.board.scan;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunFiles;

/** What is in one directory, as it was listed. */
final class FilesOf {
  /** Of a JSON record or a table; those of the largest runs are some megabytes. */
  static final long MOST_BYTES = 32 << 20;

  private static final int MOST_ENTRIES = 50_000;

  private final Map<String, FileStatus> files = new HashMap<>();

  private FilesOf(List<FileStatus> found) {
    found.forEach(file -> files.put(file.getPath().getName(), file));
  }

  /**
   * Lists a directory.
   *
   * @throws java.io.FileNotFoundException if there is none
   */
  static FilesOf list(RunFiles store, Path directory) throws IOException {
    return new FilesOf(store.entries(directory, MOST_ENTRIES));
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  boolean hasDirectory(String name) {
    return has(name) && files.get(name).isDirectory();
  }

  Optional<FileStatus> file(String name) {
    return Optional.ofNullable(files.get(name)).filter(FileStatus::isFile);
  }

  List<FileStatus> all() {
    return List.copyOf(files.values());
  }

  /** When the newest file was written, milliseconds since 1970; 0 without files. */
  long newest() {
    return files.values().stream()
        .filter(FileStatus::isFile)
        .mapToLong(FileStatus::getModificationTime)
        .max()
        .orElse(0);
  }

  /**
   * Refuses to read a file that is larger than any of ours.
   *
   * @throws ModelZooException (data) if it is
   */
  void requireReadable(String name) {
    file(name).ifPresent(FilesOf::requireReadable);
  }

  static void requireReadable(FileStatus file) {
    if (file.getLen() > MOST_BYTES) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "%s has %,d bytes, more than any file of its kind; it was not read"
              .formatted(file.getPath(), file.getLen()));
    }
  }
}

package org.modelzoo.fetch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunFiles;

/** The directory where the files of a data set belong, on any Hadoop file system. */
final class DataPlace {
  private final Path directory;
  private final Configuration hadoop;

  DataPlace(Path directory, Configuration hadoop) {
    this.directory = directory;
    this.hadoop = hadoop;
  }

  /** Makes the directory, and makes sure that it takes files. */
  void prepare() {
    Path probe = path(".modelzoo-probe");
    try {
      files().createDirectory(directory);
      files().write(probe, out -> {});
      files().delete(probe);
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "can't write to %s: %s; give a --directory that may be written to"
              .formatted(directory, e),
          e);
    }
  }

  /**
   * Whether the file is there, whole.
   *
   * @throws ModelZooException (data) if another file has its name
   */
  boolean holds(PublishedFile file) {
    Path path = path(file.name());
    try (InputStream content = fileSystem().open(path)) {
      String found = sha256(content, OutputStream.nullOutputStream());
      if (found.equals(file.sha256())) {
        return true;
      }
      throw new ModelZooException(
          ErrorKind.DATA,
          "%s is there already, but it is not the published file: its SHA-256 is %s and not %s; move it away, or give another --directory"
              .formatted(path, found, file.sha256()));
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "can't read %s: %s; check --directory, and move away what is in the file's place"
              .formatted(path, e),
          e);
    }
  }

  /** Refuses to begin what can't end. */
  void requireRoom(PublishedFile file) {
    long left;
    try {
      left = fileSystem().getStatus(directory).getRemaining();
    } catch (IOException e) {
      return; // Not every file system knows.
    }
    if (left < file.bytes()) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "%s has %,d bytes left, and %s takes %,d; make room or give another --directory"
              .formatted(directory, left, file.name(), file.bytes()));
    }
  }

  /**
   * Copies a part into place; the file appears when its checksum was right.
   *
   * @throws FetchFailure if it was not
   */
  void store(PublishedFile file, java.nio.file.Path part) throws FetchFailure {
    Path path = path(file.name());
    try {
      files()
          .write(
              path,
              out -> {
                String found;
                try (InputStream content = Files.newInputStream(part)) {
                  found = sha256(content, out);
                }
                if (!found.equals(file.sha256())) {
                  throw FetchFailure.lasting(
                      "it is not the published file: its SHA-256 is %s and not %s"
                          .formatted(found, file.sha256()));
                }
              });
    } catch (FetchFailure e) {
      throw e;
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't write %s: %s; make room or give another --directory, what was fetched stays for the next start"
              .formatted(path, e),
          e);
    }
  }

  private static String sha256(InputStream content, OutputStream copy) throws IOException {
    try {
      DigestInputStream digested =
          new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
      digested.transferTo(copy);
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Path path(String name) {
    return new Path(directory, name);
  }

  private RunFiles files() throws IOException {
    return RunFiles.on(directory, hadoop);
  }

  private FileSystem fileSystem() throws IOException {
    try {
      return directory.getFileSystem(hadoop);
    } catch (IllegalArgumentException e) { // for an unknown host
      throw new IOException(e.getMessage(), e);
    }
  }
}

package org.modelzoo.board.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;

/** Whose a file or directory is. */
final class Owner {
  private Owner() {}

  /**
   * The name of the owner, as it was listed; null where it went away meanwhile. On a local disk
   * Hadoop starts a process for every file that it is asked about, which takes longer than all else
   * that a run is looked at for, so Java is asked there.
   */
  static String of(FileStatus status) {
    if (!"file".equals(status.getPath().toUri().getScheme())) {
      return status.getOwner();
    }
    try {
      return Files.getOwner(Path.of(status.getPath().toUri().getPath())).getName();
    } catch (IOException e) {
      return null;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      // A name that Java can't write in this locale, or a file system without owners.
      return status.getOwner();
    }
  }
}

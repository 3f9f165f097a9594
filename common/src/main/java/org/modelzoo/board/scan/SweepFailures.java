package org.modelzoo.board.scan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunDirectory;

/** Why experiments of a sweep failed at their last try, {@code failures/<name>.json}. */
final class SweepFailures {
  private static final String JSON = ".json";

  private final RunDirectory sweep;
  private Map<String, Failure> failures = Map.of();

  SweepFailures(RunDirectory sweep) {
    this.sweep = sweep;
  }

  /**
   * What this reads of such a file.
   *
   * @param message null in a damaged one
   */
  record Stored(int formatVersion, String message) {
    static final int FORMAT_VERSION = 1;
  }

  private record Failure(long written, String message) {}

  /** Reads those that are new. */
  void refresh() throws IOException {
    FilesOf files;
    try {
      files = FilesOf.list(sweep.files(), sweep.path("failures"));
    } catch (FileNotFoundException e) {
      failures = Map.of();
      return;
    }
    Map<String, Failure> now = new HashMap<>();
    for (FileStatus file : files.all()) {
      String name = file.getPath().getName();
      if (file.isFile() && name.endsWith(JSON)) {
        String experiment = name.substring(0, name.length() - JSON.length());
        Failure before = failures.get(experiment);
        now.put(
            experiment,
            before != null && before.written() == file.getModificationTime()
                ? before
                : new Failure(file.getModificationTime(), message(file)));
      }
    }
    failures = now;
  }

  private String message(FileStatus file) throws IOException {
    try {
      FilesOf.requireReadable(file);
      return sweep
          .find("failures/" + file.getPath().getName(), Stored.class, Stored.FORMAT_VERSION)
          .record()
          .map(Stored::message)
          .orElse("it failed; the file that says why is damaged");
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.CLUSTER) {
        throw new IOException(e.getMessage(), e);
      }
      return e.getMessage();
    }
  }

  /** Of an experiment by the name of its directory; empty where it didn't fail. */
  Optional<String> of(String experiment) {
    return Optional.ofNullable(failures.get(experiment)).map(Failure::message);
  }
}

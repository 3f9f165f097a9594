package org.modelzoo.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * A directory of results of a command, for example of predictions, on any Hadoop file system. Spark
 * writes it in place: it is complete once its last file is there, {@code _SUCCESS}. What a command
 * that failed wrote is deleted. Runs on the driver.
 */
public final class ResultDirectory {
  private static final String COMPLETE = "_SUCCESS";

  private final RunDirectory place;
  private boolean prepared;

  /**
   * A directory that may be there or not; touches nothing.
   *
   * @throws ModelZooException (cluster) if its file system can't be reached
   */
  public ResultDirectory(String location, Configuration hadoop) {
    this.place = RunDirectory.at(location, hadoop);
  }

  /** As a user would write it. */
  public String location() {
    return place.location();
  }

  /**
   * Makes sure that it can be written, by making an empty directory.
   *
   * @param existing what to do with one that is there
   * @throws ModelZooException (configuration) if it is there and stays; (cluster) if it can't be
   *     written
   */
  public void prepare(Existing existing) {
    Path target = new Path(uri());
    attempt(
        () -> {
          if (existing == Existing.REFUSE && place.files().exists(target)) {
            throw new ModelZooException(
                ErrorKind.CONFIGURATION,
                "%s is there already; name another output, or add --overwrite"
                    .formatted(location()));
          }
          delete();
          place.files().createDirectory(target);
          prepared = true;
        });
  }

  /** What says that it is complete goes first. */
  private void delete() throws IOException {
    place.files().delete(place.path(COMPLETE));
    place.files().delete(new Path(uri()));
  }

  /** Where to write, as a URI that means the same on every executor. */
  public String uri() {
    return place.uri();
  }

  /** Deletes what was written, unless it is complete. */
  public void discardUnlessComplete() {
    attempt(
        () -> {
          if (prepared && !place.files().exists(place.path(COMPLETE))) {
            delete();
          }
        });
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't write %s: %s; check that the place exists, has room, and that you may write to it"
              .formatted(location(), e.getMessage()),
          e);
    }
  }

  /** What to do with a directory that is there already. */
  public enum Existing {
    REFUSE,
    REPLACE
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}

package org.modelzoo.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;

/**
 * A directory of results of a command, for example of predictions, on any Hadoop file system.
 * Written beside its place under a temporary name and renamed: whoever finds it finds it complete.
 * Runs on the driver.
 */
public final class ResultDirectory {
  private final RunDirectory place;
  private final Path target;
  private final Path temporary;

  /**
   * A directory that may be there or not; touches nothing.
   *
   * @throws ModelZooException (cluster) if its file system can't be reached
   */
  public ResultDirectory(String location, Configuration hadoop) {
    this.place = RunDirectory.at(location, hadoop);
    this.target = new Path(place.uri());
    this.temporary = place.files().temporaryBeside(target);
  }

  /** As a user would write it. */
  public String location() {
    return place.location();
  }

  /**
   * Makes sure that it can be written, by making the temporary directory.
   *
   * @param existing what to do with one that is there
   * @throws ModelZooException (configuration) if it is there and stays; (cluster) if it can't be
   *     written
   */
  public void prepare(Existing existing) {
    attempt(
        () -> {
          if (existing == Existing.REFUSE && place.files().exists(target)) {
            throw new ModelZooException(
                ErrorKind.CONFIGURATION,
                "%s is there already; name another output, or add --overwrite"
                    .formatted(location()));
          }
          place.files().createDirectory(temporary);
        });
  }

  /** Where to write meanwhile, as a URI that means the same on every executor. */
  public String temporaryUri() {
    return temporary.toString();
  }

  /** Renames what was written into place; what was there is moved aside first, then deleted. */
  public void commit() {
    attempt(
        () -> {
          RunFiles files = place.files();
          Path old = files.temporaryBeside(target);
          if (files.exists(target)) {
            files.commit(target, old);
          }
          if (!files.commit(temporary, target)) {
            throw new IOException("somebody else has written it meanwhile");
          }
          files.delete(old);
        });
  }

  /** Deletes what was written; nothing happens after {@link #commit}. */
  public void discard() {
    place.files().deleteQuietly(temporary);
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

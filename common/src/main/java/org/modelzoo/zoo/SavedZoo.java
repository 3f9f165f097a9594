package org.modelzoo.zoo;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunDirectory;

/**
 * A zoo on a Hadoop file system: a run directory, whose committed rounds count, or an exported
 * archive. Files are read, never written. Runs on driver and executors.
 */
public sealed interface SavedZoo permits ZooRun, ZooArchive {
  /**
   * The zoo at a place.
   *
   * @param location path or URI of a run directory or of an archive
   * @throws ModelZooException (data) if there is nothing, (cluster) if the file system can't be
   *     reached
   */
  static SavedZoo at(String location, Configuration hadoop) {
    RunDirectory place = RunDirectory.at(location, hadoop);
    Path path = new Path(place.uri());
    try {
      FileStatus status = place.files().status(path);
      return status.isDirectory() ? new ZooRun(place) : new ZooArchive(path, place.files());
    } catch (IOException e) {
      throw new ModelZooException(
          e instanceof java.io.FileNotFoundException ? ErrorKind.DATA : ErrorKind.CLUSTER,
          "there is no zoo at %s: %s; give the directory of a run, or an exported archive"
              .formatted(place.location(), e.getMessage()),
          e);
    }
  }

  /** The zoo of a run, whose files are read within the bounds of this directory. */
  static SavedZoo of(RunDirectory run) {
    return new ZooRun(run);
  }

  /** Where it is, as a URI that means the same on every executor. */
  String uri();

  /**
   * What it consists of.
   *
   * @throws ModelZooException (data) if the zoo is damaged, made by a newer program, or no zoo
   */
  ZooManifest manifest();

  /**
   * Reads models, one after the other; each is what was written when it is shown. Ends with an
   * error when its thread is interrupted.
   *
   * @param manifest the zoo's own, or what {@link ZooManifest#with} left of it
   * @throws ModelZooException (data) if one of its members' is damaged or missing, or larger than
   *     that of its network
   */
  void models(ZooManifest manifest, ModelVisitor visitor);

  /** Takes the models of members. */
  @FunctionalInterface
  interface ModelVisitor {
    /**
     * Takes one.
     *
     * @param shown where it is, for messages
     * @param model the content of {@code model.zip}
     */
    void visit(ZooManifest.Member member, String shown, byte[] model) throws IOException;
  }
}

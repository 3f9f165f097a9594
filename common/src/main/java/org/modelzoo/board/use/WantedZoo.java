package org.modelzoo.board.use;

import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.scan.SeenEntry;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooManifest;

/**
 * The members of an entry that predict one task, as its files name them now.
 *
 * @param manifest of these members alone; it has the checksums of their models, so two that are
 *     equal predict the same
 * @param bytes that they take in memory
 */
public record WantedZoo(
    String entry, String task, SavedZoo saved, ZooManifest manifest, long bytes) {
  /**
   * Reads which members these are; loads none.
   *
   * @throws ModelZooException (configuration) if there is no such task, or its members are too
   *     large for the board; (data) if the entry holds no zoo, a damaged one, or no member trained
   *     on the task; (cluster) if the file system fails
   */
  public static WantedZoo find(SeenEntry entry, String task, Configuration hadoop) {
    SavedZoo saved = UsableZoo.saved(entry, hadoop);
    ZooManifest manifest = saved.manifest().of(task);
    long bytes = manifest.memoryBytes(LoadedZoos.MOST_BYTES);
    if (bytes > LoadedZoos.MOST_BYTES) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "the %d members of zoo %s that predict %s take more than the %,d MB that the board has for them; use the command predict, or export a compacted zoo"
              .formatted(
                  manifest.members().size(), manifest.name(), task, LoadedZoos.MOST_BYTES >> 20));
    }
    return new WantedZoo(entry.id(), task, saved, manifest, bytes);
  }

  /** Whether it is the same place and task, perhaps with other members. */
  boolean isOfSamePlace(WantedZoo other) {
    return entry.equals(other.entry) && task.equals(other.task);
  }
}

package org.modelzoo.spark.job;

import java.io.IOException;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RoundFile;
import org.modelzoo.store.RoundStore;
import org.modelzoo.store.RunDirectory;

/**
 * Whether the files of a run that has ended are still what was written: reads all rounds and
 * members. What is not whole is made again when the run is continued. Runs on the driver.
 */
final class FinishedRun {
  private FinishedRun() {}

  /**
   * Looks at every file that has a checksum.
   *
   * @throws ModelZooException (cluster) if the file system fails
   */
  static boolean isWhole(RunDirectory run, int rounds) {
    RoundStore store = new RoundStore(run);
    for (int round = 0; round < rounds; round++) {
      FoundRecord<RoundFile> found = store.find(round);
      if (found.record().isEmpty() || !membersAreWhole(run, found.record().get())) {
        return false;
      }
    }
    return true;
  }

  private static boolean membersAreWhole(RunDirectory run, RoundFile round) {
    MemberStore members = new MemberStore(run);
    return round.members().stream()
        .filter(member -> !member.diverged())
        .allMatch(member -> isWhole(run, members, member.id()));
  }

  private static boolean isWhole(RunDirectory run, MemberStore members, String id) {
    try {
      return members.find(id).member().isPresent();
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't read %s of %s: %s; check the file system and give the same command"
              .formatted(id, run.location(), e.getMessage()),
          e);
    }
  }
}

package org.modelzoo.spark.job;

import java.io.IOException;
import java.util.Optional;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
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

  /** Whether every file that has a checksum is what was written; see {@link #damage}. */
  static boolean isWhole(RunDirectory run, int rounds) {
    return damage(run, rounds).isEmpty();
  }

  /**
   * Looks at every file that has a checksum.
   *
   * @return what is wrong with the first that is damaged or missing
   * @throws ModelZooException (cluster) if the file system fails
   */
  static Optional<String> damage(RunDirectory run, int rounds) {
    RoundStore store = new RoundStore(run);
    MemberStore members = new MemberStore(run);
    for (int round = 0; round < rounds; round++) {
      FoundRecord<RoundFile> found = store.find(round);
      if (found.record().isEmpty()) {
        return Optional.of(found.damage().orElse("round " + (round + 1) + " is missing"));
      }
      for (RoundFile.Member member : found.record().get().members()) {
        Optional<String> damage =
            member.diverged() ? Optional.empty() : damage(run, members, member.id());
        if (damage.isPresent()) {
          return damage;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> damage(RunDirectory run, MemberStore members, String id) {
    try {
      MemberStore.Found found = members.find(id);
      return found.member().isPresent()
          ? Optional.empty()
          : Optional.of(found.damage().orElse(id + " is missing"));
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't read %s of %s: %s; check the file system and give the same command"
              .formatted(id, run.location(), e.getMessage()),
          e);
    }
  }
}

package org.modelzoo.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;

/**
 * Whether the files of a run that has ended are still what was written: reads all rounds and
 * members. Continuing the run writes damaged and missing files again. Runs on the driver.
 */
public final class WholeRun {
  private WholeRun() {}

  /**
   * Looks at every file of rounds and members.
   *
   * @param rounds how many there must be
   * @return what is wrong with the first file that is damaged or missing; empty for a whole run
   * @throws org.modelzoo.base.ModelZooException (cluster) if the file system fails
   */
  public static Optional<String> damage(RunDirectory run, int rounds) {
    List<String> damages = new ArrayList<>();
    RunHistory history = RunHistory.read(run, damages::add);
    if (history.rounds().size() < rounds) {
      damages.add("round %d is missing".formatted(history.rounds().size() + 1));
    }
    MemberStore store = new MemberStore(run);
    for (Round.Member member : damages.isEmpty() ? history.members() : List.<Round.Member>of()) {
      FoundRecord<MemberStore.Member> found = store.find(member.id());
      if (found.record().isEmpty()) {
        return Optional.of(found.damage().orElse(member.id() + " is missing"));
      }
    }
    return damages.stream().findFirst();
  }
}

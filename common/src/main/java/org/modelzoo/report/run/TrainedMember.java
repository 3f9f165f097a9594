package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.modelzoo.run.Round;
import org.modelzoo.store.MemberFile;

/**
 * A member whose outcome is there.
 *
 * @param round in which it was trained, from 0
 * @param name its id, after the method where it belongs to a baseline
 * @param tasks their names, in the order of its heads
 */
record TrainedMember(int round, String name, List<String> tasks, MemberFile file) {
  TrainedMember {
    tasks = List.copyOf(tasks);
  }

  /** Those of the run and of the baselines inside it; runs elsewhere are left out. */
  static List<TrainedMember> of(ReportInput reported) {
    String inside = reported.run().directory().location() + "/";
    Stream<TrainedMember> baselines =
        reported.others().stream()
            .filter(run -> run.directory().location().startsWith(inside))
            .flatMap(run -> of(run, run.identity().method() + " "));
    return Stream.concat(of(reported.run(), ""), baselines).toList();
  }

  private static Stream<TrainedMember> of(ReportedRun run, String prefix) {
    List<TrainedMember> members = new ArrayList<>();
    for (Round round : run.rounds()) {
      for (Round.Member member : round.members()) {
        MemberFile file = run.members().get(member.id());
        if (file != null) {
          List<String> tasks = file.tasks().stream().map(run::task).toList();
          members.add(new TrainedMember(round.round(), prefix + member.id(), tasks, file));
        }
      }
    }
    return members.stream();
  }
}

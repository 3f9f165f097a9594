package org.modelzoo.spark.progress;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunEvent.PlannedMember;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.RoundStarted;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunEvent.TaskScore;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberProgress;

/** Events as runs tell them. */
public final class Events {
  private Events() {}

  public static Started started(String method, int rounds, long images) {
    return new Started(method, "/runs/a", rounds, 0, OptionalLong.of(images));
  }

  /** Round of 4, from 0, of members with these ids, which train on fish. */
  public static RoundStarted round(String method, int round, String... members) {
    return new RoundStarted(
        method,
        round,
        4,
        Stream.of(members).map(member -> new PlannedMember(member, List.of("fish"))).toList());
  }

  /** In the first of 5 epochs of 200 images. */
  public static MemberProgressed progress(String method, String member, long images) {
    return new MemberProgressed(
        method,
        member,
        new MemberProgress(1, 5, images, 0, 1000, 1.5, 0.25, 100),
        new Place("executor 1 on node-7", "cpu"));
  }

  public static MemberFinished completed(String method, String member) {
    return new MemberFinished(method, member, new MemberOutcome.Completed(List.of()));
  }

  /** Round of 4, from 0. */
  public static RoundCommitted committed(String method, int round) {
    return new RoundCommitted(method, scores(round));
  }

  public static RoundScores scores(int round) {
    return new RoundScores(round, 4, 0.5, List.of(new TaskScore("fish", 1.25, 0.75, 0.5)));
  }
}

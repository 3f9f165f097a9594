package org.modelzoo.spark.progress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.RunEvent.MemberProgressed;
import org.modelzoo.spark.event.RunEvent.PlannedMember;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.Started;

/** How far one run is. Not thread-safe. */
final class RunState {
  private final String name;
  private final int rounds;
  private final OptionalLong images;
  private final Map<String, PlannedMember> onTheFarm = new LinkedHashMap<>();
  private final Map<String, MemberProgressed> inTraining = new LinkedHashMap<>();
  private int roundsDone;
  private long imagesOfEnded;
  private Double accuracy;

  RunState(Started started) {
    this.name = started.method();
    this.rounds = started.rounds();
    this.roundsDone = started.roundsDone();
    this.images = started.images();
  }

  void submitted(List<PlannedMember> members) {
    members.forEach(member -> onTheFarm.put(member.id(), member));
  }

  /** Word from a member that has ended may come late, and is not heard. */
  void progressed(MemberProgressed event) {
    if (onTheFarm.containsKey(event.member())) {
      inTraining.put(event.member(), event);
    }
  }

  void ended(String member) {
    onTheFarm.remove(member);
    MemberProgressed last = inTraining.remove(member);
    imagesOfEnded += last == null ? 0 : last.progress().imagesDone();
  }

  void committed(RoundScores scores) {
    roundsDone = Math.max(roundsDone, scores.round() + 1);
    accuracy = scores.accuracy();
  }

  long imagesDone() {
    return imagesOfEnded
        + inTraining.values().stream().mapToLong(event -> event.progress().imagesDone()).sum();
  }

  OptionalLong images() {
    return images;
  }

  Snapshot.Run run() {
    return new Snapshot.Run(
        name,
        rounds,
        roundsDone,
        imagesDone(),
        images.isPresent() ? (Long) images.getAsLong() : null,
        accuracy);
  }

  Stream<Snapshot.Member> members() {
    return onTheFarm.values().stream()
        .map(
            member ->
                new Snapshot.Member(
                    name, member.id(), member.tasks(), training(inTraining.get(member.id()))));
  }

  private static Snapshot.Training training(MemberProgressed event) {
    return event == null
        ? null
        : new Snapshot.Training(
            event.progress().epoch(),
            event.progress().epochs(),
            event.progress().imagesDone(),
            event.progress().imagesTotal(),
            event.progress().loss(),
            event.progress().accuracy(),
            event.progress().imagesPerSecond(),
            event.place().where(),
            event.place().device());
  }
}

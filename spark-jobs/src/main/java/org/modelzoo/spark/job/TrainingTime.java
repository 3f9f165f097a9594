package org.modelzoo.spark.job;

import java.util.Comparator;
import java.util.List;
import org.modelzoo.store.MemberFile;

/** The wall time of a run's training, by its members' files. Runs on the driver. */
public final class TrainingTime {
  private TrainingTime() {}

  /** Seconds in which at least one of the members was in training; never zero. */
  public static double seconds(List<MemberFile> members) {
    long covered = 0;
    long end = Long.MIN_VALUE;
    List<MemberFile> byStart =
        members.stream().sorted(Comparator.comparingLong(MemberFile::startedMillis)).toList();
    for (MemberFile member : byStart) {
      long from = Math.max(end, member.startedMillis());
      covered += Math.max(0, member.finishedMillis() - from);
      end = Math.max(end, member.finishedMillis());
    }
    return Math.max(1, covered) / 1000.0;
  }
}

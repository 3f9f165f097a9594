package org.modelzoo.report.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.modelzoo.store.MemberFile;

/**
 * Time since the first step of a run in which long pauses are shortened: a run that was stopped for
 * a night, or had tasks added a month later, would otherwise be all pause. A pause in which nobody
 * trains is long if it is longer than a quarter of the time in which somebody does, and is cut down
 * to that.
 */
final class BusyTime {
  private static final int LONGEST_PART = 4;

  private final long start;

  /** When a pause ended → milliseconds left out up to then. */
  private final TreeMap<Long, Long> leftOut = new TreeMap<>();

  /** Of at least one member. */
  BusyTime(List<MemberFile> members) {
    List<MemberFile> sorted =
        members.stream().sorted(Comparator.comparingLong(MemberFile::startedMillis)).toList();
    this.start = sorted.get(0).startedMillis();
    Map<Long, Long> pauses = new TreeMap<>();
    long busyUntil = start;
    long paused = 0;
    for (MemberFile member : sorted) {
      long pause = member.startedMillis() - busyUntil;
      if (pause > 0) {
        pauses.put(member.startedMillis(), pause);
        paused += pause;
      }
      busyUntil = Math.max(busyUntil, member.finishedMillis());
    }
    long longest = (busyUntil - start - paused) / LONGEST_PART;
    long sum = 0;
    for (Map.Entry<Long, Long> pause : pauses.entrySet()) {
      if (pause.getValue() > longest) {
        sum += pause.getValue() - longest;
        leftOut.put(pause.getKey(), sum);
      }
    }
  }

  /** Seconds from the start to a time in which somebody trained. */
  double seconds(long millis) {
    Map.Entry<Long, Long> before = leftOut.floorEntry(millis);
    return (millis - start - (before == null ? 0 : before.getValue())) / 1000.0;
  }

  /** Seconds that are left out; 0 where no pause is long. */
  double leftOut() {
    return leftOut.isEmpty() ? 0 : leftOut.lastEntry().getValue() / 1000.0;
  }
}

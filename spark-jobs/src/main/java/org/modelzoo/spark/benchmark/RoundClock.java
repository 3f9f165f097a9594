package org.modelzoo.spark.benchmark;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;

/** Notes when rounds begin and end and when members come back, in milliseconds since 1970. */
final class RoundClock implements RunListener {
  private final Map<String, Long> membersReported = new ConcurrentHashMap<>();
  private final NavigableMap<Integer, Long> begun = new TreeMap<>();
  private final NavigableMap<Integer, Long> committed = new TreeMap<>();

  @Override
  public void on(RunEvent event) {
    long now = System.currentTimeMillis();
    if (event instanceof RunEvent.Started) {
      begun.put(0, now);
    } else if (event instanceof RunEvent.MemberFinished member) {
      membersReported.put(member.member(), now);
    } else if (event instanceof RunEvent.RoundCommitted round) {
      committed.put(round.scores().round(), now);
      begun.put(round.scores().round() + 1, now);
    }
  }

  /** When the driver turned to a round. */
  long begun(int round) {
    return begun.get(round);
  }

  /** When a member's result was back on the driver. */
  long reported(String member) {
    return membersReported.get(member);
  }

  /** When a round was in the run directory. */
  long committed(int round) {
    return committed.get(round);
  }
}

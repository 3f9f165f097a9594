package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.modelzoo.store.MemberFile;

/**
 * Which slot each member was trained in. Members tell their executor and their times, not their
 * slot: each takes the first slot of its executor that was free by then.
 */
final class Slots {
  private final Map<MemberFile, Integer> lanes = new LinkedHashMap<>();
  private final List<String> labels = new ArrayList<>();

  private Slots() {}

  static Slots of(List<MemberFile> members) {
    Map<String, List<MemberFile>> byExecutor = new TreeMap<>();
    members.stream()
        .sorted(Comparator.comparingLong(MemberFile::startedMillis).thenComparing(MemberFile::id))
        .forEach(
            member ->
                byExecutor.computeIfAbsent(executor(member), key -> new ArrayList<>()).add(member));
    Slots slots = new Slots();
    byExecutor.forEach(slots::add);
    return slots;
  }

  private static String executor(MemberFile member) {
    return member.executor() == null ? "" : member.executor();
  }

  private void add(String executor, List<MemberFile> members) {
    int firstLane = labels.size();
    List<Long> freeFrom = new ArrayList<>();
    for (MemberFile member : members) {
      int slot = 0;
      while (slot < freeFrom.size() && freeFrom.get(slot) > member.startedMillis()) {
        slot++;
      }
      if (slot == freeFrom.size()) {
        freeFrom.add(0L);
      }
      freeFrom.set(slot, member.finishedMillis());
      lanes.put(member, firstLane + slot);
    }
    for (int slot = 0; slot < freeFrom.size(); slot++) {
      String name = "slot " + (slot + 1);
      labels.add(executor.isEmpty() ? name : name + ", " + executor);
    }
  }

  /** One for each slot. */
  List<String> labels() {
    return List.copyOf(labels);
  }

  int lane(MemberFile member) {
    return lanes.get(member);
  }
}

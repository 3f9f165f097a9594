package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.store.MemberFile;

/** When and where each member of the run and of its baselines was trained, and how fast. */
final class SlotTimeline implements RunSection {
  @Override
  public Optional<Section> of(ReportInput reported) {
    List<TrainedMember> all = TrainedMember.of(reported);
    List<TrainedMember> entries = latest(all);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    List<MemberFile> members = entries.stream().map(TrainedMember::file).toList();
    Slots slots = Slots.of(members);
    BusyTime time = new BusyTime(members);
    List<Chart.Bar> bars = new ArrayList<>();
    DataTable table = new DataTable(2, List.of("member", "slot", "from, s", "to, s", "images/s"));
    for (TrainedMember entry : entries) {
      MemberFile member = entry.file();
      int lane = slots.lane(member);
      double from = time.seconds(member.startedMillis());
      double to = from + ChosenTasks.seconds(member);
      double speed = member.trainImages() / ChosenTasks.seconds(member);
      bars.add(
          new Chart.Bar(
              lane,
              from,
              to,
              entry.round(),
              entry.name(),
              List.of(
                  String.join(", ", entry.tasks()),
                  "%s, %s images/s"
                      .formatted(Formats.seconds(to - from), Formats.decimals(speed, 0)))));
      table.add(
          List.of(
              entry.name(),
              slots.labels().get(lane),
              Formats.decimals(from, 1),
              Formats.decimals(to, 1),
              Formats.decimals(speed, 0)));
    }
    boolean known = members.stream().allMatch(member -> member.executor() != null);
    return Optional.of(
        Section.of(
            "timeline",
            "Timeline of the slots",
            "Each bar is the training of a member, from its first step to its last; neighbouring rounds differ in colour. Between bars stand loading, evaluation, writing and waiting."
                + (entries.size() < all.size()
                    ? " The %,d members of %,d that started last are shown."
                        .formatted(entries.size(), all.size())
                    : "")
                + (known
                    ? ""
                    : " Where no executor is recorded, slots are as few as the times allow.")
                + (time.leftOut() > 0
                    ? " Pauses in which nobody trained are shortened, by %s in all."
                        .formatted(Formats.seconds(time.leftOut()))
                    : ""),
            Figure.of(
                "When each member was trained, by slot",
                new Chart.Timeline(slots.labels(), bars),
                table)));
  }

  /** Of a large run the end, where it may be going on. */
  private static List<TrainedMember> latest(List<TrainedMember> all) {
    return all.size() <= ChosenTasks.MOST_MEMBERS
        ? all
        : all.stream()
            .sorted(Comparator.comparingLong(entry -> entry.file().startedMillis()))
            .skip(all.size() - ChosenTasks.MOST_MEMBERS)
            .toList();
  }
}

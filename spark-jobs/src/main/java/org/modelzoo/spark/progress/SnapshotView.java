package org.modelzoo.spark.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.modelzoo.report.live.LiveTable;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.spark.event.Eta;

/**
 * Runs, members and further tables of a {@link Snapshot} for a terminal of any size: columns and
 * rows that don't fit are left out, the least important first. Members in training come before
 * those that wait.
 */
public final class SnapshotView {
  /** A title, a header and its line: less than that and a row is no table. */
  private static final int LEAST_TABLE = 4;

  private SnapshotView() {}

  /** The lines to show; none before there is anything to see. */
  public static List<String> lines(Snapshot snapshot, Size size) {
    if (snapshot.runs().isEmpty() && snapshot.tables().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(total(snapshot));
    List<LiveTable> tables = new ArrayList<>();
    if (!snapshot.runs().isEmpty()) {
      tables.add(runs(snapshot.runs()));
    }
    if (!snapshot.members().isEmpty()) {
      tables.add(members(snapshot.members()));
    }
    tables.addAll(snapshot.tables());
    for (int i = 0; i < tables.size(); i++) {
      int share = (size.getRows() - lines.size()) / (tables.size() - i);
      if (share >= LEAST_TABLE) {
        lines.addAll(cut(tables.get(i), size.getColumns(), share));
      }
    }
    return lines;
  }

  private static String total(Snapshot snapshot) {
    String time = Eta.text(Duration.ofSeconds(snapshot.seconds())) + " so far";
    if (snapshot.runs().isEmpty() && snapshot.runsEnded() == 0) {
      return time; // A search's own table tells the rest.
    }
    double rate =
        snapshot.members().stream()
            .filter(member -> member.training() != null)
            .mapToDouble(member -> orZero(member.training().imagesPerSecond()))
            .sum();
    long training = snapshot.members().stream().filter(member -> member.training() != null).count();
    String ended =
        switch (snapshot.runsEnded()) {
          case 0 -> "";
          case 1 -> ", 1 run ended";
          default -> ", %d runs ended".formatted(snapshot.runsEnded());
        };
    return "%s, ETA %s, %d in training, %d waiting, %,.0f images/s%s"
        .formatted(
            time,
            Eta.text(Optional.ofNullable(snapshot.secondsLeft()).map(Duration::ofSeconds)),
            training,
            snapshot.members().size() - training,
            rate,
            ended);
  }

  private static double orZero(Double number) {
    return number == null ? 0 : number;
  }

  /** A table's title and lines, with as many rows as there is room for. */
  private static List<String> cut(LiveTable table, int columns, int rows) {
    List<String> lines = new ArrayList<>();
    if (!table.title().isEmpty()) {
      lines.add(table.title());
    }
    List<String> all = table.lines(columns);
    int room = rows - lines.size();
    if (all.size() <= room) {
      lines.addAll(all);
    } else {
      lines.addAll(all.subList(0, room - 1));
      lines.add("… and %d more".formatted(all.size() - room + 1));
    }
    return lines;
  }

  private static LiveTable runs(List<Snapshot.Run> runs) {
    List<List<String>> rows =
        runs.stream()
            .map(
                run ->
                    List.of(
                        run.name(),
                        "%d/%d".formatted(run.roundsDone(), run.rounds()),
                        run.images() == null ? "" : percent(run.imagesDone(), run.images()),
                        run.accuracy() == null ? "" : "%.4f".formatted(run.accuracy())))
            .toList();
    return new LiveTable(
        "", 1, List.of("run", "rounds", "images", "accuracy"), rows, List.of("images", "accuracy"));
  }

  private static LiveTable members(List<Snapshot.Member> members) {
    List<List<String>> rows =
        members.stream()
            .sorted(Comparator.comparing(member -> member.training() == null))
            .map(SnapshotView::row)
            .toList();
    return new LiveTable(
        "",
        3,
        List.of("member", "device", "where", "epoch", "done", "loss", "accuracy", "images/s"),
        rows,
        List.of("where", "device", "accuracy", "done", "images/s", "loss"));
  }

  private static List<String> row(Snapshot.Member member) {
    String name = member.run() + " " + member.id();
    Snapshot.Training training = member.training();
    return training == null
        ? List.of(name, "", "waits", "", "", "", "", "")
        : List.of(
            name,
            training.device(),
            training.where(),
            "%d/%d".formatted(training.epoch(), training.epochs()),
            training.imagesDone() < training.imagesTotal()
                ? percent(training.imagesDone(), training.imagesTotal())
                : "evaluates",
            number("%.4f", training.loss()),
            number("%.3f", training.accuracy()),
            number("%,.0f", training.imagesPerSecond()));
  }

  private static String number(String format, Double number) {
    return number == null ? "–" : format.formatted(number);
  }

  private static String percent(long done, long all) {
    return all == 0 ? "" : "%d %%".formatted(Math.min(100, 100 * done / all));
  }
}

package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** How much each task gained from being trained beside each other one. */
final class TaskRelations implements RunSection {
  /** Tables of more tasks than this are too large for a page. */
  private static final int MOST = 60;

  @Override
  public Optional<Section> of(ReportInput reported) {
    ReportedRun run = reported.run();
    List<Relatedness.Gain> gains = new Relatedness(run, MOST).gains();
    if (gains.isEmpty()) {
      return Optional.empty();
    }
    List<String> tasks = run.tasks().subList(0, Math.min(MOST, run.tasks().size()));
    double most =
        gains.stream().mapToDouble(gain -> 100 * Math.abs(gain.value())).max().orElseThrow();
    double end = Math.max(1, Math.ceil(most));
    return Optional.of(
        Section.of(
            "relatedness",
            "Task relatedness",
            "Gain of the row's task i beside the column's task j, in points: g(i, j) = mean of a_m(i) over the members m trained on i and j − mean of a_m(i) over those trained on i without j; a_m(i) is the test accuracy of member m alone. Empty where there are no members of one kind. The weights chose which tasks met, and some means are of few members: a hint, not an experiment.",
            Figure.of(
                "Heat map of what each task gained beside each other one",
                new Chart.HeatMap(
                    new Chart.Axes("trained beside", "task"),
                    tasks,
                    tasks,
                    new Chart.Scale("diverging", -end, end, "gain in points"),
                    gains.stream().map(TaskRelations::cell).toList(),
                    List.of()),
                table(tasks, gains))));
  }

  private static Chart.Cell cell(Relatedness.Gain gain) {
    return new Chart.Cell(
        gain.j(),
        gain.i(),
        100 * gain.value(),
        Formats.points(gain.value()),
        List.of("%d members with, %d without".formatted(gain.with(), gain.without())));
  }

  private static DataTable table(List<String> tasks, List<Relatedness.Gain> gains) {
    List<String> header = new ArrayList<>(List.of("task, beside →"));
    header.addAll(tasks);
    DataTable table = new DataTable(1, header);
    String[][] cells = new String[tasks.size()][tasks.size()];
    gains.forEach(
        gain ->
            cells[gain.i()][gain.j()] =
                "%s (%d/%d)".formatted(Formats.points(gain.value()), gain.with(), gain.without()));
    for (int i = 0; i < tasks.size(); i++) {
      String[] row = cells[i];
      table.add(
          tasks.get(i), IntStream.range(0, row.length).mapToObj(j -> row[j] == null ? "" : row[j]));
    }
    return table;
  }
}

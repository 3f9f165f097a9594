package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.CompactionFile.Size;

/** What the zoo is worth with fewer members. */
final class SmallerZoos implements RunSection {
  /** The palette has so many colours; the same one follows again with dashes. */
  private static final int DASHED = 7;

  /** Sizes on the page. */
  private static final int MOST = 500;

  @Override
  public Optional<Section> of(ReportInput reported) {
    return reported.run().compaction().map(SmallerZoos::section);
  }

  private static Section section(CompactionFile compaction) {
    DataTable table = table(compaction);
    return Section.of(
        "smaller-zoos",
        "Smaller zoos",
        "Accuracy, mean over the tasks, of the zoo with fewer members, as export --compact leaves them out, one after another. The members left are weighted anew; averaged: they keep the zoo's weights. The %s images chose members and weights, the test images nothing."
            .formatted(compaction.split()),
        compaction.sizes().size() < 2
            ? table.content()
            : Figure.of("Accuracy of the zoo by its number of members", chart(compaction), table));
  }

  private static Chart chart(CompactionFile compaction) {
    String split = compaction.split();
    return new Chart.Lines(
        new Chart.Axes("members", "accuracy, %"),
        List.of(
            line(compaction, "test", 0, size -> size.test().accuracy()),
            line(compaction, "test, averaged", DASHED, size -> size.test().averagedAccuracy()),
            line(compaction, split, 1, size -> size.chosenOn().accuracy()),
            line(
                compaction,
                split + ", averaged",
                DASHED + 1,
                size -> size.chosenOn().averagedAccuracy())),
        compaction.sizes().stream()
            .filter(compaction::isChosen)
            .map(size -> new Chart.Place(size.members(), "exported"))
            .toList());
  }

  private static Chart.Line line(
      CompactionFile compaction, String name, int colour, ToDoubleFunction<Size> accuracy) {
    List<double[]> points = new ArrayList<>();
    for (Size size : shown(compaction)) {
      points.add(0, new double[] {size.members(), 100 * accuracy.applyAsDouble(size)});
    }
    return new Chart.Line(name, colour, points);
  }

  /** All sizes where there are few, otherwise evenly spread ones and the chosen one. */
  private static List<Size> shown(CompactionFile compaction) {
    List<Size> sizes = compaction.sizes();
    Set<Integer> spread = Set.copyOf(Rounds.spread(sizes.size(), MOST));
    return IntStream.range(0, sizes.size())
        .filter(i -> spread.contains(i) || compaction.isChosen(sizes.get(i)))
        .mapToObj(sizes::get)
        .toList();
  }

  private static DataTable table(CompactionFile compaction) {
    String split = compaction.split() + ", %";
    DataTable table =
        new DataTable(
            2,
            List.of(
                "members",
                "without",
                "MB",
                "most for a task",
                "test, %",
                "averaged",
                split,
                "averaged"));
    for (Size size : shown(compaction)) {
      table.add(
          List.of(
              size.members() + (compaction.isChosen(size) ? ", exported" : ""),
              size.without() == null ? "" : size.without(),
              Formats.decimals(size.bytes() / 1e6, 2),
              Integer.toString(size.mostMembersOfTask()),
              Formats.percent(size.test().accuracy()),
              Formats.percent(size.test().averagedAccuracy()),
              Formats.percent(size.chosenOn().accuracy()),
              Formats.percent(size.chosenOn().averagedAccuracy())));
    }
    return table;
  }
}

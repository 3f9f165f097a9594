package org.modelzoo.report.run;

import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.summary;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.report.CostColumns;
import org.modelzoo.report.Interval;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** The run beside its baselines and beside the other runs that were named. */
final class Comparison implements RunSection {
  @Override
  public Optional<Section> of(ReportInput reported) {
    List<ReportedRun> runs =
        Stream.concat(Stream.of(reported.run()), reported.others().stream())
            .filter(ReportedRun::isMeasured)
            .toList();
    if (runs.size() < 2 || !reported.run().isMeasured()) {
      return Optional.empty();
    }
    List<String> labels = labels(runs);
    List<DomContent> content = new ArrayList<>(List.of(figure(runs, labels)));
    AverageCurves.of(runs, labels)
        .ifPresent(curves -> content.addAll(List.of(h3("Average over the rounds"), curves)));
    content.addAll(PairedGains.of(runs));
    content.addAll(List.of(h3("The runs"), measures(runs, labels), configurations(runs, labels)));
    return Optional.of(
        new Section(
            "comparison",
            "Comparison",
            "Test accuracy of each task with each run. Gain: %s less the other run, in points, with the 95 %% confidence interval of its mean over the tasks by Student's t; tasks are matched by their names."
                .formatted(labels.get(0)),
            content));
  }

  /** Methods where they tell the runs apart, otherwise their names, numbered where need be. */
  static List<String> labels(List<ReportedRun> runs) {
    List<String> labels = runs.stream().map(run -> run.identity().method()).toList();
    if (labels.stream().distinct().count() == runs.size()) {
      return labels;
    }
    List<String> names = new ArrayList<>();
    for (ReportedRun run : runs) {
      String name = "%s (%s)".formatted(run.name(), run.identity().method());
      names.add(names.contains(name) ? name + " " + (names.size() + 1) : name);
    }
    return names;
  }

  private static DomContent figure(List<ReportedRun> runs, List<String> labels) {
    ReportedRun first = runs.get(0);
    List<String> header = new ArrayList<>(List.of("task", labels.get(0)));
    labels.stream().skip(1).forEach(label -> header.addAll(List.of(label, "gain")));
    DataTable table = new DataTable(1, header);
    first.tasks().forEach(task -> table.add(task, accuracies(runs, task)));
    List<Chart.Values> values = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      ReportedRun run = runs.get(i);
      values.add(
          new Chart.Values(
              labels.get(i),
              first.tasks().stream().map(task -> 100 * run.accuracy(task)).toList()));
    }
    return Figure.of(
        "Test accuracy of each task in each run",
        new Chart.Dots("test accuracy, %", first.tasks(), values),
        table);
  }

  private static Stream<String> accuracies(List<ReportedRun> runs, String task) {
    double own = runs.get(0).accuracy(task);
    return Stream.concat(
        Stream.of(Formats.percent(own)),
        runs.stream()
            .skip(1)
            .flatMap(
                run ->
                    Stream.of(
                        Formats.percent(run.accuracy(task)),
                        Formats.points(own - run.accuracy(task)))));
  }

  private static DomContent configurations(List<ReportedRun> runs, List<String> labels) {
    List<DomContent> content = new ArrayList<>();
    for (int i = 1; i < runs.size(); i++) {
      content.add(h3("%s → %s".formatted(labels.get(0), labels.get(i))));
      content.add(changed(runs.get(0), runs.get(i)));
    }
    return details(summary("Keys of the configurations that differ"), each(content.stream()))
        .withClass("alternative");
  }

  private static DomContent changed(ReportedRun one, ReportedRun other) {
    if (one.config().isEmpty() || other.config().isEmpty()) {
      return p("One of the two can't be read.");
    }
    String keys = ChangedKeys.between(one.config().get(), other.config().get());
    return keys.isEmpty() ? p("No key differs.") : pre(code(keys));
  }

  /** The 95 % confidence interval of the mean of the tasks' gains. */
  private static String overTasks(ReportedRun one, ReportedRun other) {
    Interval gain =
        Interval.of(
            one.tasks().stream()
                .mapToDouble(task -> one.accuracy(task) - other.accuracy(task))
                .filter(value -> !Double.isNaN(value))
                .toArray());
    return Formats.interval(gain.mean(), gain.halfWidth());
  }

  private static DomContent measures(List<ReportedRun> runs, List<String> labels) {
    CostColumns costs =
        new CostColumns(runs.stream().flatMap(run -> run.summary().stream()).toList());
    List<String> header =
        new ArrayList<>(
            List.of(
                "run",
                "average, %",
                "gain",
                "95 % over tasks",
                "learning, %",
                "forgetting, %",
                "members"));
    header.addAll(costs.header());
    header.addAll(List.of("wall time", "seed"));
    DataTable table = new DataTable(1, header);
    double first = ContinualMeasures.averageAccuracy(runs.get(0).matrix());
    for (int i = 0; i < runs.size(); i++) {
      ReportedRun run = runs.get(i);
      ContinualMeasures measures = ContinualMeasures.of(run.matrix());
      List<String> row =
          new ArrayList<>(
              List.of(
                  labels.get(i) + (run.isFinished() ? "" : ", not finished"),
                  Formats.percent(measures.averageAccuracy()),
                  i == 0 ? "" : Formats.points(first - measures.averageAccuracy()),
                  i == 0 ? "" : overTasks(runs.get(0), run),
                  Formats.percent(measures.learningAccuracy()),
                  Formats.percent(measures.forgetting()),
                  Formats.count(run.members().size())));
      row.addAll(costs.cells(run.summary().stream().toList()));
      row.add(run.summary().map(it -> Formats.seconds(it.wallSeconds())).orElse(""));
      row.add(Long.toString(run.identity().seed()));
      table.add(row);
    }
    return table.content();
  }
}

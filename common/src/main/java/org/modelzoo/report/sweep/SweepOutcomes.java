package org.modelzoo.report.sweep;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.modelzoo.report.SweepResult;
import org.modelzoo.report.SweepTable;
import org.modelzoo.report.page.Chart;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Figure;
import org.modelzoo.report.page.Formats;
import org.modelzoo.report.page.Section;

/** The table of a sweep, and each of its experiments as a dot. */
final class SweepOutcomes {
  private SweepOutcomes() {}

  static Optional<Section> of(ReportedSweep sweep) {
    if (sweep.results().isEmpty()) {
      return Optional.empty();
    }
    SweepTable results = sweep.table();
    DataTable table = new DataTable(sweep.sweep().settings().size(), results.header());
    results.rows().forEach(table::add);
    return Optional.of(
        Section.of(
            "results",
            "Results",
            "Average test accuracy over the tasks at the end, mean ± standard deviation over the repetitions, in percent. The gain over the baseline is taken between runs of the same repetition, in points; its interval is that of a paired t test.",
            table.content(),
            each(results.formula().stream().map(formula -> p(formula))),
            h3("Every experiment"),
            Figure.of("Average accuracy of every experiment", dots(sweep), experiments(sweep))));
  }

  private static Chart.Dots dots(ReportedSweep sweep) {
    SweepFile file = sweep.sweep();
    Map<String, SweepResult> results =
        sweep.results().stream()
            .collect(Collectors.toMap(SweepResult::experiment, Function.identity()));
    List<String> settings = SweepReport.settings(sweep);
    Map<String, Integer> places = new HashMap<>();
    settings.forEach(setting -> places.put(setting, places.size()));
    Map<String, Double[]> byRepetition = new TreeMap<>();
    for (SweepFile.Experiment experiment : file.experiments()) {
      SweepResult result = results.get(experiment.label());
      Double[] values =
          byRepetition.computeIfAbsent(
              repetition(file, experiment), key -> new Double[settings.size()]);
      if (result != null) {
        values[places.get(experiment.on(file.settings()))] =
            100 * result.summary().averageAccuracy();
      }
    }
    List<Chart.Values> runs = new ArrayList<>();
    byRepetition.forEach((name, values) -> runs.add(new Chart.Values(name, Arrays.asList(values))));
    return new Chart.Dots("average accuracy, %", settings, runs);
  }

  private static String repetition(SweepFile file, SweepFile.Experiment experiment) {
    return file.repeats().isEmpty() ? "experiment" : experiment.on(file.repeats());
  }

  private static DataTable experiments(ReportedSweep sweep) {
    DataTable table =
        new DataTable(1, List.of("experiment", "accuracy, %", "forgetting, %", "members", "time"));
    for (SweepResult result : sweep.results()) {
      table.add(
          List.of(
              result.experiment(),
              Formats.percent(result.summary().averageAccuracy()),
              Formats.percent(result.summary().forgetting()),
              Formats.count(result.summary().members()),
              Formats.seconds(result.summary().wallSeconds())));
    }
    return table;
  }
}

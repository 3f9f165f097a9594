package org.modelzoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.modelzoo.base.KebabCase;
import org.modelzoo.config.Method;
import org.modelzoo.metrics.ContinualMeasures;

/**
 * A sweep's results: for every setting the average accuracy over its repetitions, and the
 * difference to the baseline. The difference is that of the runs with the same repetition (seed),
 * so that what they share cancels out; its interval is that of a paired t test.
 */
public final class SweepTable {
  private final List<String> axes;
  private final List<String> repeats;
  private final Map<String, String> baseline;
  private final String task;
  private final List<SweepResult> results;
  private final CostColumns costs;
  private final Map<Map<String, String>, List<SweepResult>> settings = new LinkedHashMap<>();

  /**
   * A table over finished experiments.
   *
   * @param axes names of all axes
   * @param repeats names of those that results are averaged over
   * @param baseline axis → value that the others are compared with; empty for no comparison
   * @param task whose accuracy is shown too; empty for none
   */
  public SweepTable(
      List<String> axes,
      List<String> repeats,
      Map<String, String> baseline,
      String task,
      List<SweepResult> results) {
    this.axes = axes.stream().filter(axis -> !repeats.contains(axis)).toList();
    this.repeats = repeats;
    this.baseline = baseline;
    this.task = task;
    this.results = results;
    this.costs = new CostColumns(results.stream().map(SweepResult::summary).toList());
    results.forEach(
        result ->
            settings.computeIfAbsent(result.on(this.axes), key -> new ArrayList<>()).add(result));
  }

  /** As text for a terminal. */
  public String text() {
    TextTable table = new TextTable(axes.size(), header());
    rows().forEach(table::add);
    return table + formula().map(line -> line + "\n").orElse("");
  }

  /** As a table of Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, header());
    line(text, header().stream().map(name -> axes.contains(name) ? "---" : "---:").toList());
    rows().forEach(row -> line(text, row));
    formula().ifPresent(line -> text.append("\n").append(line).append("\n"));
    return text.toString();
  }

  /** What a column means that not everybody defines alike; empty where it isn't there. */
  public Optional<String> formula() {
    return hasForwardTransfer()
        ? Optional.of("forward transfer: " + ContinualMeasures.FORWARD_TRANSFER_FORMULA)
        : Optional.empty();
  }

  private boolean hasForwardTransfer() {
    return forwardTransfers(results).length > 0;
  }

  private static boolean isIsolated(SweepResult result) {
    return result.summary().method().equals(KebabCase.of(Method.ISOLATED));
  }

  private static void line(StringBuilder text, List<String> cells) {
    cells.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|")).append(' '));
    text.append("|\n");
  }

  /** Names of the columns, those of the settings first. */
  public List<String> header() {
    List<String> header = new ArrayList<>(axes);
    header.addAll(List.of("runs", "accuracy", "forgetting"));
    if (!task.isEmpty()) {
      header.add(task);
    }
    if (hasForwardTransfer()) {
      header.add("forward transfer");
    }
    if (!baseline.isEmpty()) {
      header.addAll(List.of("gain", "95 % interval"));
    }
    header.addAll(costs.header());
    return header;
  }

  /** A row for each setting, as many cells as the header has. */
  public List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    settings.forEach(
        (setting, runs) -> {
          List<String> row = new ArrayList<>(setting.values());
          row.add(Integer.toString(runs.size()));
          row.add(percent(over(runs, RunSummary::averageAccuracy)));
          row.add(percent(over(runs, RunSummary::forgetting)));
          if (!task.isEmpty()) {
            row.add(percent(over(runs, this::taskAccuracy)));
          }
          if (hasForwardTransfer()) {
            row.add(percent(Interval.of(forwardTransfers(runs))));
          }
          if (!baseline.isEmpty()) {
            addGain(row, setting, runs);
          }
          row.addAll(costs.cells(runs.stream().map(SweepResult::summary).toList()));
          rows.add(row);
        });
    return rows;
  }

  /** Against isolated training with the same values on all axes but the method's. */
  private double[] forwardTransfers(List<SweepResult> runs) {
    return runs.stream()
        .filter(run -> run.summary().rounds() > 1)
        .flatMap(
            run ->
                results.stream()
                    .filter(SweepTable::isIsolated)
                    .filter(one -> one.butMethod().equals(run.butMethod()))
                    .map(one -> run.summary().learningAccuracy() - one.summary().averageAccuracy()))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private double taskAccuracy(RunSummary summary) {
    return Objects.requireNonNullElse(summary.perTaskAccuracy().get(task), Double.NaN);
  }

  private static Interval over(List<SweepResult> runs, ToDoubleFunction<RunSummary> measure) {
    return Interval.of(
        runs.stream().mapToDouble(run -> measure.applyAsDouble(run.summary())).toArray());
  }

  private void addGain(List<String> row, Map<String, String> setting, List<SweepResult> runs) {
    Map<String, String> other = new LinkedHashMap<>(setting);
    other.putAll(baseline);
    List<SweepResult> compared = settings.getOrDefault(other, List.of());
    double[] gains =
        runs.stream()
            .flatMap(
                run ->
                    compared.stream().filter(one -> samePair(run, one)).map(one -> gain(run, one)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (other.equals(setting) || gains.length == 0) {
      row.addAll(List.of("", ""));
      return;
    }
    Interval gain = Interval.of(gains);
    row.add(format("%+.1f", 100 * gain.mean()));
    row.add(
        Double.isNaN(gain.halfWidth())
            ? ""
            : format(
                "%+.1f to %+.1f",
                100 * (gain.mean() - gain.halfWidth()), 100 * (gain.mean() + gain.halfWidth())));
  }

  private boolean samePair(SweepResult one, SweepResult other) {
    return one.on(repeats).equals(other.on(repeats));
  }

  private static double gain(SweepResult run, SweepResult baseline) {
    return run.summary().averageAccuracy() - baseline.summary().averageAccuracy();
  }

  private static String percent(Interval interval) {
    if (Double.isNaN(interval.mean())) {
      return "";
    }
    String mean = format("%.1f", 100 * interval.mean());
    return Double.isNaN(interval.deviation())
        ? mean
        : mean + format(" ± %.1f", 100 * interval.deviation());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

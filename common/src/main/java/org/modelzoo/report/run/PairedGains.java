package org.modelzoo.report.run;

import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.report.Interval;
import org.modelzoo.report.page.DataTable;
import org.modelzoo.report.page.Formats;

/**
 * What one setting gains over others, task by task, where they were repeated with the same seeds:
 * the mean of the differences of two runs with the same seed, and its 95 % confidence interval.
 */
final class PairedGains {
  /** Keys that don't make another setting; the data's fingerprint says more than its place. */
  private static final List<String> ASIDE =
      List.of("experiment.seed", "experiment.name", "output.directory", "data.directory");

  private PairedGains() {}

  /**
   * A heading and a table, or nothing where no setting shares two seeds with the first run's.
   *
   * @param runs those of a setting have the same method, and configurations that differ in nothing
   *     but seed and name
   */
  static List<DomContent> of(List<ReportedRun> runs) {
    List<Map<Long, ReportedRun>> settings = new ArrayList<>(settings(runs));
    Map<Long, ReportedRun> first = settings.remove(0);
    settings.removeIf(other -> pairs(first, other).size() < 2);
    if (settings.isEmpty()) {
      return List.of();
    }
    List<String> labels =
        Comparison.labels(
            Stream.concat(Stream.of(first), settings.stream()).map(PairedGains::any).toList());
    List<String> header = new ArrayList<>(List.of("task"));
    labels.stream()
        .skip(1)
        .forEach(label -> header.addAll(List.of("over " + label, "95 % interval", "pairs")));
    DataTable table = new DataTable(1, header);
    for (String task : any(first).tasks()) {
      table.add(task, cells(first, settings, run -> run.accuracy(task)));
    }
    table.add(
        "average", cells(first, settings, run -> ContinualMeasures.averageAccuracy(run.matrix())));
    return List.of(
        h3("Gains over the seeds"),
        p(
            "Runs that differ only in their seeds are repetitions. The table shows how many points %s gains: the mean over pairs of runs with the same seed, and its 95 %% confidence interval by Student's t."
                .formatted(labels.get(0))),
        table.content());
  }

  /** Runs by their seeds, for each setting; the first run's setting is the first. */
  private static List<Map<Long, ReportedRun>> settings(List<ReportedRun> runs) {
    Map<Object, Map<Long, ReportedRun>> settings = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      settings
          .computeIfAbsent(setting(run), key -> new LinkedHashMap<>())
          .putIfAbsent(run.identity().seed(), run);
    }
    return List.copyOf(settings.values());
  }

  private static Object setting(ReportedRun run) {
    if (run.config().isEmpty()) {
      return run.directory().location();
    }
    SortedMap<String, String> keys = new TreeMap<>(run.config().get().flatten());
    keys.keySet().removeAll(ASIDE);
    return List.of(run.identity().method(), run.identity().dataFingerprint(), keys);
  }

  private static ReportedRun any(Map<Long, ReportedRun> setting) {
    return setting.values().iterator().next();
  }

  private static List<Long> pairs(Map<Long, ReportedRun> one, Map<Long, ReportedRun> other) {
    return one.keySet().stream().filter(other::containsKey).toList();
  }

  private static Stream<String> cells(
      Map<Long, ReportedRun> first,
      List<Map<Long, ReportedRun>> others,
      ToDoubleFunction<ReportedRun> accuracy) {
    return others.stream()
        .flatMap(
            other -> {
              double[] gains =
                  pairs(first, other).stream()
                      .mapToDouble(
                          seed ->
                              accuracy.applyAsDouble(first.get(seed))
                                  - accuracy.applyAsDouble(other.get(seed)))
                      .filter(gain -> !Double.isNaN(gain))
                      .toArray();
              return cells(Interval.of(gains));
            });
  }

  private static Stream<String> cells(Interval gain) {
    return Stream.of(
        gain.count() == 0 ? "" : Formats.points(gain.mean()),
        Formats.interval(gain.mean(), gain.halfWidth()),
        Integer.toString(gain.count()));
  }
}

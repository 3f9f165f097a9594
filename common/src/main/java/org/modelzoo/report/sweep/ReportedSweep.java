package org.modelzoo.report.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.modelzoo.base.Secrets;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.SweepResult;
import org.modelzoo.report.SweepTable;
import org.modelzoo.run.RunHistory;
import org.modelzoo.store.RunDirectory;

/**
 * A sweep as its directory tells of it, at any time.
 *
 * @param results of the experiments that are finished
 * @param curves average accuracy after each round by experiment, of those that have a round
 * @param failures why experiments failed at their last try, by name; empty where nothing tells
 */
record ReportedSweep(
    SweepFile sweep,
    List<SweepResult> results,
    Map<String, double[]> curves,
    Map<String, String> failures) {
  /** What this reads of the file that a failed experiment leaves. */
  record Failure(int formatVersion, String message) {
    static final int FORMAT_VERSION = 1;
  }

  static ReportedSweep read(RunDirectory directory, SweepFile sweep) {
    List<SweepResult> results = new ArrayList<>();
    Map<String, double[]> curves = new LinkedHashMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    for (SweepFile.Experiment experiment : sweep.experiments()) {
      RunDirectory run = experiment.in(directory);
      Optional<RunSummary> summary =
          run.find("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION).record();
      summary.ifPresent(
          it -> results.add(new SweepResult(experiment.label(), experiment.values(), it)));
      double[] averages = averages(run);
      if (averages.length > 0) {
        curves.put(experiment.label(), averages);
      }
      String failure = "failures/" + experiment.name() + ".json";
      if (summary.isEmpty() && directory.has(failure)) {
        String message =
            directory
                .find(failure, Failure.class, Failure.FORMAT_VERSION)
                .record()
                .map(Failure::message)
                .map(Secrets::hiddenIn)
                .orElse("");
        failures.put(experiment.label(), message);
      }
    }
    return new ReportedSweep(sweep, results, curves, failures);
  }

  /** Over the tasks known after each round. */
  private static double[] averages(RunDirectory run) {
    AccuracyMatrix matrix = RunHistory.read(run, damage -> {}).matrix();
    return IntStream.range(0, matrix.rounds()).mapToDouble(matrix::average).toArray();
  }

  SweepTable table() {
    return new SweepTable(sweep.axes(), sweep.repeats(), sweep.baseline(), sweep.task(), results);
  }
}

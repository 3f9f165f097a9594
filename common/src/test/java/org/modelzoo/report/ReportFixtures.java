package org.modelzoo.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Summaries for the tests of this package. */
final class ReportFixtures {
  private ReportFixtures() {}

  /** A run over tasks "birds" and "trees, tall". */
  static RunSummary summary(
      String method, double birds, double trees, Double transfer, Map<String, Double> baselines) {
    Map<String, Double> perTask = new LinkedHashMap<>();
    perTask.put("birds", birds);
    perTask.put("trees, tall", trees);
    return new RunSummary(
        RunSummary.FORMAT_VERSION,
        method,
        "quick",
        42,
        2,
        3,
        5,
        1,
        (birds + trees) / 2,
        0.625,
        0.0125,
        transfer,
        perTask,
        3000,
        1500.5,
        2.5,
        new RunSummary.Cost(7_000, 500L, 12.5, 0),
        baselines);
  }
}

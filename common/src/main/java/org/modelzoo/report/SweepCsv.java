package org.modelzoo.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code results.csv} of a sweep: a row for each finished experiment, accuracies as shares. */
public final class SweepCsv {
  private SweepCsv() {}

  /** The file's bytes. */
  public static byte[] of(List<String> axes, List<SweepResult> results) {
    List<String> header = new ArrayList<>(List.of("experiment"));
    header.addAll(axes);
    header.addAll(
        List.of(
            "average_accuracy",
            "learning_accuracy",
            "forgetting",
            "backward_transfer",
            "members",
            "train_images",
            "wall_seconds",
            "parameters",
            "stored_images",
            "core_seconds",
            "card_seconds"));
    CsvText csv = new CsvText(header);
    for (SweepResult result : results) {
      RunSummary summary = result.summary();
      List<Object> row = new ArrayList<>(List.of(result.experiment()));
      axes.forEach(axis -> row.add(result.values().get(axis)));
      row.add(summary.averageAccuracy());
      row.add(summary.learningAccuracy());
      row.add(summary.forgetting());
      row.add(summary.backwardTransfer());
      row.add(summary.members());
      row.add(summary.trainImages());
      row.add(summary.wallSeconds());
      RunSummary.Cost cost = summary.cost();
      row.add(cost == null ? null : cost.parameters());
      row.add(cost == null ? null : cost.storedImages());
      row.add(cost == null ? null : cost.coreSeconds());
      row.add(cost == null ? null : cost.cardSeconds());
      csv.add(row);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}

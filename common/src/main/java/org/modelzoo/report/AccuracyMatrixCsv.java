package org.modelzoo.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.modelzoo.metrics.AccuracyMatrix;

/**
 * {@code accuracy-matrix.csv}: a row per round, a column per task, a[t][i] in [0, 1]; empty where
 * the task was not known yet.
 */
public final class AccuracyMatrixCsv {
  private AccuracyMatrixCsv() {}

  /** The file as UTF-8. */
  public static byte[] of(AccuracyMatrix matrix, List<String> tasks) {
    List<Object> header = new ArrayList<>(List.of("round"));
    header.addAll(tasks);
    CsvText csv = new CsvText(header);
    for (int round = 0; round < matrix.rounds(); round++) {
      List<Object> row = new ArrayList<>(List.of(round));
      for (double accuracy : matrix.round(round)) {
        row.add(Double.isNaN(accuracy) ? "" : accuracy);
      }
      csv.add(row);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}

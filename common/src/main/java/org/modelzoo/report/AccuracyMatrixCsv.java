package org.modelzoo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.modelzoo.metrics.AccuracyMatrix;

/**
 * {@code accuracy-matrix.csv}: a row per round, a column per task, a[t][i] in [0, 1]; empty where
 * the task was not known yet. For people and their programs; nothing is read from there again.
 */
public final class AccuracyMatrixCsv {
  private AccuracyMatrixCsv() {}

  /** Writes the file as UTF-8, line by line. */
  public static void write(AccuracyMatrix matrix, List<String> tasks, OutputStream out)
      throws IOException {
    List<Object> header = new ArrayList<>(List.of("round"));
    header.addAll(tasks);
    out.write(CsvText.line(header).getBytes(UTF_8));
    for (int round = 0; round < matrix.rounds(); round++) {
      List<Object> row = new ArrayList<>(List.of(round));
      for (int task = 0; task < matrix.tasks(); task++) {
        double accuracy = matrix.accuracy(round, task);
        row.add(Double.isNaN(accuracy) ? "" : accuracy);
      }
      out.write(CsvText.line(row).getBytes(UTF_8));
    }
  }
}

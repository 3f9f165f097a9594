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

  /**
   * What such a file says.
   *
   * @param rounds an accuracy for each task, NaN where the task was not known yet
   */
  public record Content(List<String> tasks, List<double[]> rounds) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  public static Content read(String text) {
    List<List<String>> lines = CsvText.read(text);
    if (lines.isEmpty() || lines.stream().anyMatch(it -> it.size() != lines.get(0).size())) {
      throw new IllegalArgumentException("its lines differ in length");
    }
    return new Content(
        tail(lines.get(0)), lines.stream().skip(1).map(line -> accuracies(tail(line))).toList());
  }

  private static List<String> tail(List<String> line) {
    return List.copyOf(line.subList(1, line.size()));
  }

  private static double[] accuracies(List<String> cells) {
    return cells.stream()
        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }

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

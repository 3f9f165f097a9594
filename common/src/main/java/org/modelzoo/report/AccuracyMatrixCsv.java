package org.modelzoo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
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
   * Reads a file, line by line.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  public static Content read(Reader text) throws IOException {
    List<String> tasks = new ArrayList<>();
    List<double[]> rounds = new ArrayList<>();
    CsvText.read(
        text,
        line -> true,
        row -> {
          List<String> cells = row.subList(1, row.size());
          if (tasks.isEmpty()) {
            tasks.addAll(cells);
          } else if (cells.size() == tasks.size()) {
            rounds.add(accuracies(cells));
          } else {
            throw new IllegalArgumentException("its lines differ in length");
          }
        });
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("it names no task");
    }
    return new Content(List.copyOf(tasks), rounds);
  }

  private static double[] accuracies(List<String> cells) {
    return cells.stream()
        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }

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

package org.modelzoo.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.modelzoo.metrics.AccuracyMatrix;
import org.modelzoo.metrics.Calibration;
import org.modelzoo.metrics.ContinualMeasures;
import org.modelzoo.store.Sealed;

/**
 * A saved zoo measured on some data, {@code evaluation.json}.
 *
 * @param data name of the task set
 * @param split which images of it
 * @param averageAccuracy mean over the tasks, as in a run's summary
 * @param accuracy over all images of all tasks alike
 * @param averageLogLoss mean over the tasks
 * @param calibrationError over all images of all tasks
 */
public record ZooEvaluation(
    int formatVersion,
    String zoo,
    String data,
    String split,
    double averageAccuracy,
    double accuracy,
    double averageLogLoss,
    double calibrationError,
    List<TaskEvaluation> tasks)
    implements Sealed {
  public static final int FORMAT_VERSION = 2;

  private static final List<String> COLUMNS =
      List.of("task", "members", "images", "accuracy", "log_loss", "calibration_error");

  /** Puts tasks together; there is at least one. */
  public static ZooEvaluation of(
      String zoo, String data, String split, List<TaskEvaluation> tasks) {
    double[] accuracies = tasks.stream().mapToDouble(TaskEvaluation::accuracy).toArray();
    long correct = tasks.stream().mapToLong(task -> task.confusion().correct()).sum();
    long images = tasks.stream().mapToLong(TaskEvaluation::images).sum();
    return new ZooEvaluation(
        FORMAT_VERSION,
        zoo,
        data,
        split,
        ContinualMeasures.averageAccuracy(
            AccuracyMatrix.empty(tasks.size()).withRound(accuracies, List.of())),
        (double) correct / images,
        mean(tasks, TaskEvaluation::logLoss),
        tasks.stream()
            .map(TaskEvaluation::calibration)
            .reduce(Calibration::plus)
            .orElseThrow()
            .error(),
        List.copyOf(tasks));
  }

  private static double mean(List<TaskEvaluation> tasks, ToDoubleFunction<TaskEvaluation> value) {
    return tasks.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  /** For a terminal, with formulas. */
  public String table() {
    TextTable table =
        new TextTable(
            1, List.of("task", "members", "images", "accuracy %", "log loss", "calibration error"));
    for (TaskEvaluation task : tasks) {
      table.add(
          List.of(
              task.task(),
              Integer.toString(task.members()),
              Long.toString(task.images()),
              format("%.1f", 100 * task.accuracy()),
              format("%.4f", task.logLoss()),
              format("%.4f", task.calibrationError())));
    }
    table.rule();
    table.add(
        List.of(
            "mean over tasks",
            "",
            "",
            format("%.1f", 100 * averageAccuracy),
            format("%.4f", averageLogLoss),
            format("%.4f", mean(tasks, TaskEvaluation::calibrationError))));
    table.add(
        List.of(
            "all images alike",
            "",
            Long.toString(tasks.stream().mapToLong(TaskEvaluation::images).sum()),
            format("%.1f", 100 * accuracy),
            "",
            format("%.4f", calibrationError)));
    return table
        + "log loss           mean −ln p(true class)\n"
        + "calibration error  %s\n".formatted(Calibration.FORMULA);
  }

  /** {@code evaluation.csv}: a line for each task. */
  public byte[] csv() {
    CsvText csv = new CsvText(COLUMNS);
    for (TaskEvaluation task : tasks) {
      csv.add(
          List.of(
              task.task(),
              task.members(),
              task.images(),
              task.accuracy(),
              task.logLoss(),
              task.calibrationError()));
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@code confusion.csv}: a line for each task, true class and predicted class. */
  public byte[] confusionCsv() {
    CsvText csv = new CsvText(List.of("task", "true_class", "predicted_class", "images"));
    for (TaskEvaluation task : tasks) {
      for (int truth = 0; truth < task.classes().size(); truth++) {
        List<Long> row = task.confusion().counts().get(truth);
        for (int predicted = 0; predicted < row.size(); predicted++) {
          List<Object> line = new ArrayList<>(List.of(task.task(), task.classes().get(truth)));
          line.addAll(List.of(task.classes().get(predicted), row.get(predicted)));
          csv.add(line);
        }
      }
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}

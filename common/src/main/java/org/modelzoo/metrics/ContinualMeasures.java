package org.modelzoo.metrics;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is said about a run in one number each, with T the last round and f(i) the round in which
 * task i first had a member (in continual mode f(i) = i). Libraries define these differently
 * (Avalanche, Mammoth, FACIL and Renate disagree on forgetting), so each number comes with its
 * formula. Average accuracy, learning accuracy and forgetting are those of the Model Zoo's authors.
 * A measure that averages over no task is NaN, that is undefined.
 *
 * @param averageAccuracy over the tasks known after the last round
 * @param learningAccuracy over the tasks that have had a member; how well a task is done when it is
 *     learned, with the help of the tasks before ("forward transfer" of the authors' notebook)
 * @param forgetting over the tasks that have had a member; at least 0, and 0 for the methods of one
 *     round
 * @param backwardTransfer over the tasks that had a member before the last round; above 0 where
 *     later rounds helped earlier tasks; undefined for the methods of one round
 */
public record ContinualMeasures(
    double averageAccuracy, double learningAccuracy, double forgetting, double backwardTransfer) {
  public static final String AVERAGE_ACCURACY_FORMULA = "mean over i of a[T][i]";
  public static final String LEARNING_ACCURACY_FORMULA = "mean over i of a[f(i)][i]";
  public static final String FORGETTING_FORMULA =
      "mean over i of (max over t ≥ f(i) of a[t][i]) − a[T][i]";
  public static final String BACKWARD_TRANSFER_FORMULA =
      "mean over i with f(i) < T of a[T][i] − a[f(i)][i]";

  /** Beside a run with isolated training on the same tasks. */
  public static final String FORWARD_TRANSFER_FORMULA =
      "mean over i of a[f(i)][i] − accuracy of isolated training on i";

  /** A measure as it is shown: never without its formula. */
  public record Measure(String name, double value, String formula) {}

  /**
   * Measures a run.
   *
   * @throws IllegalArgumentException where the matrix has no round
   */
  public static ContinualMeasures of(AccuracyMatrix matrix) {
    requireRound(matrix);
    int last = matrix.rounds() - 1;
    int[] trained = tasks(matrix).filter(task -> matrix.firstTrained(task).isPresent()).toArray();
    int[] trainedBefore =
        IntStream.of(trained).filter(task -> first(matrix, task) < last).toArray();
    return new ContinualMeasures(
        averageAccuracy(matrix),
        mean(trained, task -> learned(matrix, task)),
        mean(trained, task -> best(matrix, task) - matrix.last(task)),
        mean(trainedBefore, task -> matrix.last(task) - learned(matrix, task)));
  }

  /**
   * The average accuracy alone, for asking after each round: it looks at the last round only.
   *
   * @throws IllegalArgumentException where the matrix has no round
   */
  public static double averageAccuracy(AccuracyMatrix matrix) {
    requireRound(matrix);
    int[] known = tasks(matrix).filter(task -> !Double.isNaN(matrix.last(task))).toArray();
    return mean(known, matrix::last);
  }

  private static void requireRound(AccuracyMatrix matrix) {
    if (matrix.rounds() == 0) {
      throw new IllegalArgumentException("there is nothing to measure before the first round");
    }
  }

  /** All measures in the order in which they are shown. */
  public List<Measure> list() {
    return List.of(
        new Measure("average accuracy", averageAccuracy, AVERAGE_ACCURACY_FORMULA),
        new Measure("learning accuracy", learningAccuracy, LEARNING_ACCURACY_FORMULA),
        new Measure("forgetting", forgetting, FORGETTING_FORMULA),
        new Measure("backward transfer", backwardTransfer, BACKWARD_TRANSFER_FORMULA));
  }

  private static IntStream tasks(AccuracyMatrix matrix) {
    return IntStream.range(0, matrix.tasks());
  }

  private static double mean(int[] tasks, IntToDoubleFunction value) {
    return IntStream.of(tasks).mapToDouble(value).average().orElse(Double.NaN);
  }

  private static int first(AccuracyMatrix matrix, int task) {
    return matrix.firstTrained(task).orElseThrow();
  }

  private static double learned(AccuracyMatrix matrix, int task) {
    return matrix.accuracy(first(matrix, task), task);
  }

  private static double best(AccuracyMatrix matrix, int task) {
    return IntStream.range(first(matrix, task), matrix.rounds())
        .mapToDouble(round -> matrix.accuracy(round, task))
        .max()
        .orElseThrow();
  }
}

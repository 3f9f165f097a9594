package org.modelzoo.report.run;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.modelzoo.metrics.AccuracyMatrix;

/**
 * What became of one task over the rounds, with the terms of {@link
 * org.modelzoo.metrics.ContinualMeasures} before they are averaged over the tasks. NaN where the
 * task never had a member.
 *
 * @param first f(i), the round in which it first had a member, 0-based
 * @param learned a[f(i)][i]
 * @param last a[T][i]
 * @param forgetting max over t ≥ f(i) of a[t][i] − a[T][i]
 * @param transfer a[T][i] − a[f(i)][i], what later rounds gave
 */
record TaskCourse(
    OptionalInt first, double learned, double last, double forgetting, double transfer) {
  static TaskCourse of(AccuracyMatrix matrix, int task) {
    double last = matrix.last(task);
    OptionalInt first = matrix.firstTrained(task);
    if (first.isEmpty()) {
      return new TaskCourse(first, Double.NaN, last, Double.NaN, Double.NaN);
    }
    double learned = matrix.accuracy(first.getAsInt(), task);
    double best =
        IntStream.range(first.getAsInt(), matrix.rounds())
            .mapToDouble(round -> matrix.accuracy(round, task))
            .max()
            .orElseThrow();
    return new TaskCourse(first, learned, last, best - last, last - learned);
  }
}

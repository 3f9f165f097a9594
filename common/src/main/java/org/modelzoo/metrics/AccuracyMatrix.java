package org.modelzoo.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * a[t][i]: test accuracy of the ensemble on task i after round t, in [0, 1]; NaN where task i was
 * not known then. It also knows f(i), the round in which task i first had a member. Immutable; a
 * round appended gives a new matrix. Runs on the driver.
 */
public final class AccuracyMatrix {
  private static final int NEVER = -1;

  private final List<double[]> rows;
  private final int[] firstTrained;

  private AccuracyMatrix(List<double[]> rows, int[] firstTrained) {
    this.rows = rows;
    this.firstTrained = firstTrained;
  }

  /** A matrix without a round. */
  public static AccuracyMatrix empty(int tasks) {
    if (tasks < 1) {
      throw new IllegalArgumentException("an experiment has at least one task, not " + tasks);
    }
    int[] firstTrained = new int[tasks];
    Arrays.fill(firstTrained, NEVER);
    return new AccuracyMatrix(List.of(), firstTrained);
  }

  /**
   * The matrix with one round more.
   *
   * @param accuracies one per task; NaN where the task is not known, which a task that has had a
   *     member always is
   * @param trained the tasks of all members of the round
   * @throws IllegalArgumentException for an accuracy outside [0, 1], or none where there must be
   *     one
   */
  public AccuracyMatrix withRound(double[] accuracies, Collection<Integer> trained) {
    if (accuracies.length != tasks()) {
      throw new IllegalArgumentException(
          accuracies.length + " accuracies of " + tasks() + " tasks");
    }
    int[] first = firstTrained.clone();
    for (int task : trained) {
      first[task] = first[task] == NEVER ? rounds() : first[task];
    }
    for (int task = 0; task < tasks(); task++) {
      double accuracy = accuracies[task];
      boolean mayBeUnknown = first[task] == NEVER && Double.isNaN(accuracy);
      if (!mayBeUnknown && !(accuracy >= 0 && accuracy <= 1)) {
        throw new IllegalArgumentException(
            "the accuracy of task " + task + " is in [0, 1], not " + accuracy);
      }
    }
    List<double[]> longer = new ArrayList<>(rows);
    longer.add(accuracies.clone());
    return new AccuracyMatrix(List.copyOf(longer), first);
  }

  /** Rounds so far. */
  public int rounds() {
    return rows.size();
  }

  /** Tasks of the experiment, known or not. */
  public int tasks() {
    return firstTrained.length;
  }

  /** a[round][task]; NaN where the task was not known. */
  public double accuracy(int round, int task) {
    return rows.get(round)[task];
  }

  /** a[T][task], after the last round. */
  public double last(int task) {
    return accuracy(rounds() - 1, task);
  }

  /** f(task): the round in which the task first had a member; in continual mode the task itself. */
  public OptionalInt firstTrained(int task) {
    return firstTrained[task] == NEVER ? OptionalInt.empty() : OptionalInt.of(firstTrained[task]);
  }

  /** Mean over the tasks known after a round; NaN where none is. */
  public double average(int round) {
    return Arrays.stream(rows.get(round))
        .filter(accuracy -> !Double.isNaN(accuracy))
        .average()
        .orElse(Double.NaN);
  }

  /** The accuracies after one round, one per task. */
  public double[] round(int round) {
    return rows.get(round).clone();
  }
}

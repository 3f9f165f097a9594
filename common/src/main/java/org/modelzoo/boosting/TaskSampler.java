package org.modelzoo.boosting;

import java.util.random.RandomGenerator;

/**
 * Draws tasks without replacement: successive draws, each with probability proportional to the
 * weights of what is left, as the published program does with numpy's {@code choice(replace=False,
 * p=w)}. Runs on the driver.
 */
public final class TaskSampler {
  private TaskSampler() {}

  /**
   * Draws {@code count} different tasks.
   *
   * <p>Each draw takes one number u in [0, 1) and picks the first task left whose running sum of
   * weights exceeds u times their total. Tasks of weight 0 are drawn, all alike, only once no other
   * is left.
   *
   * @param weights one per task, finite and at least 0
   * @return indices of the tasks, in the order drawn
   * @throws IllegalArgumentException for a bad weight or more draws than tasks
   */
  public static int[] draw(double[] weights, int count, RandomGenerator random) {
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a weight is finite and at least 0, not " + weight);
      }
    }
    if (count < 0 || count > weights.length) {
      throw new IllegalArgumentException(count + " of " + weights.length + " tasks");
    }
    double[] left = weights.clone();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      if (total(left) == 0) {
        makeAlike(left);
      }
      drawn[i] = one(left, random.nextDouble());
      // Negative marks what has been drawn; 0 still is a weight.
      left[drawn[i]] = -1;
    }
    return drawn;
  }

  private static int one(double[] left, double u) {
    double threshold = u * total(left);
    double sum = 0;
    int last = -1;
    for (int task = 0; task < left.length; task++) {
      if (left[task] > 0) {
        sum += left[task];
        last = task;
        if (sum > threshold) {
          return task;
        }
      }
    }
    // Only where rounding lifts u times the total to the total itself.
    return last;
  }

  private static double total(double[] left) {
    double total = 0;
    for (double weight : left) {
      total += Math.max(0, weight);
    }
    return total;
  }

  private static void makeAlike(double[] left) {
    for (int task = 0; task < left.length; task++) {
      if (left[task] == 0) {
        left[task] = 1;
      }
    }
  }
}

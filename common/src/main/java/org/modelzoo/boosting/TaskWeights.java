package org.modelzoo.boosting;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The boosting weights w of the tasks: the worse the ensemble still does on a task, the likelier
 * the task is drawn for the next members (Model Zoo, step 4 of a round). A loss that is the mean
 * gives the weight 1, and so does none. Runs on the driver.
 */
public final class TaskWeights {
  /** No task is ruled out for good. */
  public static final double LEAST = 1e-4;

  /** No task takes everything. */
  public static final double MOST = 1e3;

  private TaskWeights() {}

  /**
   * w = clip(exp((loss − mean) / mean), 1e-4, 1e3), the mean taken over the tasks seen, as in the
   * authors' notebook.
   *
   * @param losses mean negative log-likelihood of the ensemble on each task, at least 0; NaN for a
   *     task not seen yet, which keeps the weight 1 and is left out of the mean
   * @return one weight per task; all 1 where the mean is 0, that is where nothing is left to learn
   * @throws IllegalArgumentException for a negative or infinite loss
   */
  public static double[] from(double[] losses) {
    return weights(losses, Arrays.stream(losses).filter(loss -> !Double.isNaN(loss)));
  }

  /**
   * As {@link #from}, but the mean taken over all tasks, as in the authors' released programs: a
   * task not seen yet counts ln C, the loss of the uniform prediction. It is large beside the
   * losses of tasks that were trained, so that these are drawn almost uniformly until most tasks
   * have been seen.
   *
   * @param classes of each task, C
   */
  public static double[] fromAll(double[] losses, List<Integer> classes) {
    return weights(
        losses,
        IntStream.range(0, losses.length)
            .mapToDouble(
                task ->
                    Double.isNaN(losses[task]) ? StrictMath.log(classes.get(task)) : losses[task]));
  }

  private static double[] weights(double[] losses, DoubleStream inMean) {
    for (double loss : losses) {
      if (loss < 0 || Double.isInfinite(loss)) {
        throw new IllegalArgumentException("a loss is finite and at least 0, not " + loss);
      }
    }
    double mean = inMean.average().orElse(0);
    return Arrays.stream(losses).map(loss -> weight(loss, mean)).toArray();
  }

  private static double weight(double loss, double mean) {
    if (Double.isNaN(loss) || mean == 0) {
      return 1;
    }
    return Math.min(MOST, Math.max(LEAST, StrictMath.exp((loss - mean) / mean)));
  }
}

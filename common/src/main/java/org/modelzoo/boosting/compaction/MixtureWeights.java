package org.modelzoo.boosting.compaction;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.boosting.compaction.TaskOutputs.Output;

/**
 * Weights w of a task's members, above 0 and with sum 1, under which the true classes of some
 * images are as likely as can be. The ensemble's probability is a mixture Σ w<sub>m</sub>
 * p<sub>m</sub>, whose likelihood expectation-maximisation climbs to its one maximum (Dempster,
 * Laird and Rubin, 1977), here with a Dirichlet prior, so that a few images don't give all weight
 * to one member:
 *
 * <p>maximise Σ<sub>n</sub> log Σ<sub>m</sub> w<sub>m</sub> p<sub>m</sub>(y<sub>n</sub>) + κ
 * Σ<sub>m</sub> v<sub>m</sub> log w<sub>m</sub>
 *
 * <p>with v the zoo's own weights, scaled to sum 1, and κ as many images as the task has classes.
 */
final class MixtureWeights {
  private static final int MOST_STEPS = 1000;
  private static final double STILL = 1e-6;

  private MixtureWeights() {}

  /**
   * Fits the weights.
   *
   * @param zoo members to be weighted, with their weights in the zoo
   * @return weight of each of them
   */
  static SortedMap<Integer, Double> fit(TaskOutputs task, SortedMap<Integer, Double> zoo) {
    List<Output> outputs =
        task.outputs().stream().filter(output -> zoo.containsKey(output.member())).toList();
    double[][] likelihoods =
        outputs.stream().map(output -> likelihoods(task, output)).toArray(double[][]::new);
    double total = outputs.stream().mapToDouble(output -> zoo.get(output.member())).sum();
    double[] prior =
        outputs.stream().mapToDouble(output -> zoo.get(output.member()) / total).toArray();
    double[] weights = prior;
    double moved = 1;
    for (int step = 0; step < MOST_STEPS && moved > STILL; step++) {
      double[] next = step(likelihoods, weights, prior, task.classes());
      moved = distance(weights, next);
      weights = next;
    }
    SortedMap<Integer, Double> fitted = new TreeMap<>();
    for (int i = 0; i < weights.length; i++) {
      fitted.put(outputs.get(i).member(), weights[i]);
    }
    return fitted;
  }

  /** [examples] the member's probability of the true class. */
  private static double[] likelihoods(TaskOutputs task, Output output) {
    double[] likelihoods = new double[task.labels().length];
    for (int example = 0; example < likelihoods.length; example++) {
      float probability = output.probabilities()[example * task.classes() + task.labels()[example]];
      likelihoods[example] = Math.max(TaskEnsemble.LEAST_PROBABILITY, probability);
    }
    return likelihoods;
  }

  /** Each image is shared out among the members by their part in its likelihood. */
  private static double[] step(
      double[][] likelihoods, double[] weights, double[] prior, double priorImages) {
    int examples = likelihoods[0].length;
    double[] next = new double[weights.length];
    for (int example = 0; example < examples; example++) {
      double mixture = 0;
      for (int member = 0; member < weights.length; member++) {
        mixture += weights[member] * likelihoods[member][example];
      }
      for (int member = 0; member < weights.length; member++) {
        next[member] += weights[member] * likelihoods[member][example] / mixture;
      }
    }
    for (int member = 0; member < weights.length; member++) {
      next[member] = (next[member] + priorImages * prior[member]) / (examples + priorImages);
    }
    double sum = Arrays.stream(next).sum();
    return Arrays.stream(next).map(weight -> weight / sum).toArray();
  }

  private static double distance(double[] one, double[] other) {
    double most = 0;
    for (int i = 0; i < one.length; i++) {
      most = Math.max(most, Math.abs(one[i] - other[i]));
    }
    return most;
  }
}

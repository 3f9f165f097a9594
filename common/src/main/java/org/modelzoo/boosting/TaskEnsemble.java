package org.modelzoo.boosting;

/**
 * The zoo's prediction for one task and split: the weighted mean of the softmax outputs of the
 * members trained on the task; uniform without a member. Runs on the driver.
 *
 * <p>Sums are in double precision. To be the same to the bit in every run, add the members in the
 * order of their rounds and numbers, not of their completion.
 */
public final class TaskEnsemble {
  /** Keeps the loss finite where the true class got probability 0: a loss of at most 27.6. */
  public static final double LEAST_PROBABILITY = 1e-12;

  private final int classes;
  private final double[] sums;
  private double totalWeight;
  private int members;

  /**
   * An ensemble without a member.
   *
   * @param examples images of the split
   * @param classes of the task
   */
  public TaskEnsemble(int examples, int classes) {
    if (examples < 0 || classes < 1) {
      throw new IllegalArgumentException(examples + " examples of " + classes + " classes");
    }
    this.classes = classes;
    this.sums = new double[Math.multiplyExact(examples, classes)];
  }

  /**
   * Adds a member.
   *
   * @param probabilities [examples, classes], its softmax outputs
   * @param weight above 0; see {@link ReplayWeights}
   */
  public void add(float[] probabilities, double weight) {
    if (probabilities.length != sums.length) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities where there are " + sums.length);
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("a member's weight is above 0, not " + weight);
    }
    for (float probability : probabilities) {
      if (!(probability >= 0) || Float.isInfinite(probability)) {
        throw new IllegalArgumentException("a probability is at least 0, not " + probability);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * probabilities[i];
    }
    totalWeight += weight;
    members++;
  }

  /** How many members were added. */
  public int members() {
    return members;
  }

  /** [examples, classes]. */
  public float[] probabilities() {
    float[] probabilities = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      probabilities[i] = (float) probability(i);
    }
    return probabilities;
  }

  /**
   * Mean negative natural logarithm of the true class's probability, which is taken as at least
   * {@link #LEAST_PROBABILITY}; NaN where there are no examples.
   *
   * @param labels [examples], within the task
   */
  public double loss(short[] labels) {
    checkLabels(labels);
    double sum = 0;
    for (int example = 0; example < labels.length; example++) {
      double probability = probability(example * classes + labels[example]);
      sum -= StrictMath.log(Math.max(LEAST_PROBABILITY, probability));
    }
    return sum / labels.length;
  }

  /**
   * Share of examples whose likeliest class is the true one; of equally likely classes the lowest
   * counts. NaN where there are no examples.
   *
   * @param labels [examples], within the task
   */
  public double accuracy(short[] labels) {
    checkLabels(labels);
    double correct = 0;
    for (int example = 0; example < labels.length; example++) {
      correct += likeliest(example) == labels[example] ? 1 : 0;
    }
    return correct / labels.length;
  }

  /** The likeliest class of an example, the lowest of equally likely ones. */
  public int likeliest(int example) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (sums[example * classes + label] > sums[example * classes + best]) {
        best = label;
      }
    }
    return best;
  }

  private double probability(int index) {
    return members == 0 ? 1.0 / classes : sums[index] / totalWeight;
  }

  private void checkLabels(short[] labels) {
    if ((long) labels.length * classes != sums.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + sums.length / classes + " examples");
    }
    for (short label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException("label " + label + " of " + classes + " classes");
      }
    }
  }
}

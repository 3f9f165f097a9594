package org.modelzoo.report;

import java.io.Serializable;
import java.util.List;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.metrics.Calibration;
import org.modelzoo.metrics.ConfusionMatrix;

/**
 * How well a saved zoo does a task. Made on an executor.
 *
 * @param members that were trained on the task
 * @param accuracy share of images whose likeliest class is the true one; 1/classes without a
 *     member, as in a run's summary
 * @param logLoss mean negative natural logarithm of the probability of the true class
 * @param calibrationError see {@link Calibration#FORMULA}
 */
public record TaskEvaluation(
    String task,
    int members,
    long images,
    double accuracy,
    double logLoss,
    double calibrationError,
    List<String> classes,
    ConfusionMatrix confusion,
    Calibration calibration)
    implements Serializable {

  /**
   * Measures an ensemble.
   *
   * @param labels [images], within the task
   */
  public static TaskEvaluation of(
      String task, List<String> classes, TaskEnsemble ensemble, short[] labels) {
    float[] probabilities = ensemble.probabilities();
    int[] predicted = new int[labels.length];
    float[] confidences = new float[labels.length];
    boolean[] correct = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      predicted[i] = ensemble.likeliest(i);
      confidences[i] = probabilities[i * classes.size() + predicted[i]];
      correct[i] = predicted[i] == labels[i];
    }
    Calibration calibration = Calibration.of(confidences, correct);
    return new TaskEvaluation(
        task,
        ensemble.members(),
        labels.length,
        ensemble.members() == 0 ? 1.0 / classes.size() : ensemble.accuracy(labels),
        ensemble.loss(labels),
        calibration.error(),
        List.copyOf(classes),
        ConfusionMatrix.of(classes.size(), labels, predicted),
        calibration);
  }
}

package org.modelzoo.config;

import java.io.Serializable;

/**
 * How a member is trained: SGD with Nesterov momentum.
 *
 * @param epochs passes over the member's training images
 * @param batchSize images per step
 * @param learningRate at the first step
 * @param schedule how the learning rate changes per step
 * @param momentum Nesterov momentum, in [0, 1)
 * @param weightDecay l2 coefficient, on all parameters
 * @param precision of the steps
 * @param checkpointEvery epochs between checkpoints of a member in training; 0 makes none
 * @param evaluateEvery epochs between evaluations of a member on test images; 0 makes none
 * @param dataParallel whether and how a member is trained by several workers together
 */
public record TrainingConfig(
    int epochs,
    int batchSize,
    double learningRate,
    Schedule schedule,
    double momentum,
    double weightDecay,
    Precision precision,
    int checkpointEvery,
    int evaluateEvery,
    DataParallelConfig dataParallel)
    implements Serializable {

  /** The learning rate over the steps of a member's training. */
  public enum Schedule {
    CONSTANT,
    /** learningRate · (1 + cos(π · step / steps)) / 2, per step, annealed to 0. */
    COSINE
  }
}

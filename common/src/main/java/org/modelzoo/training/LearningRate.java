package org.modelzoo.training;

import org.modelzoo.config.TrainingConfig;

/** The learning rate of each step. */
final class LearningRate {
  private final TrainingConfig training;
  private final long steps;

  /**
   * A schedule.
   *
   * @param steps of the whole training
   */
  LearningRate(TrainingConfig training, long steps) {
    this.training = training;
    this.steps = steps;
  }

  /** Rate of a step, counted from 0; cosine: η·(1 + cos(π·step/steps))/2. */
  double at(long step) {
    return switch (training.schedule()) {
      case CONSTANT -> training.learningRate();
      case COSINE -> training.learningRate() * (1 + Math.cos(Math.PI * step / steps)) / 2;
    };
  }
}

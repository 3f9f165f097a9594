package org.modelzoo.config;

import java.io.Serializable;

/**
 * How the zoo grows.
 *
 * @param mode whether all tasks are there from the start or arrive one a round
 * @param rounds rounds of boosting in multi-task mode, the warm start not counted; continual mode
 *     has one round per task
 * @param tasksPerRound tasks of each member, the paper's b
 * @param membersPerRound members trained in parallel in each round, all drawn from the same weights
 * @param sampling how a member's tasks are drawn
 * @param signal which per-task loss drives the weights
 * @param signalImages how the training images are that the training signal is measured on
 * @param weightMean which tasks the mean is taken over that the losses are compared with
 * @param warmStart multi-task only: first add a member trained on all tasks
 * @param replayFraction continual only: share of each old task's training images that is kept, in
 *     (0, 1]
 * @param lookahead how many further rounds may start before a round is committed; 0 is the
 *     published algorithm
 * @param refit train the members of the finished zoo once more, on the images held out too
 */
public record ZooConfig(
    Mode mode,
    int rounds,
    int tasksPerRound,
    int membersPerRound,
    Sampling sampling,
    Signal signal,
    SignalImages signalImages,
    WeightMean weightMean,
    boolean warmStart,
    double replayFraction,
    int lookahead,
    boolean refit)
    implements Serializable {

  /** When tasks become known. */
  public enum Mode {
    MULTI_TASK,
    CONTINUAL
  }

  /** How a member's tasks are drawn, without replacement. */
  public enum Sampling {
    /** With probability proportional to the task weights. */
    BOOSTED,
    /** All tasks alike ("naive" in the original). */
    UNIFORM
  }

  /** The per-task loss of the ensemble that drives the weights. */
  public enum Signal {
    /** On images held out of the training images. */
    VALIDATION,
    /** On the training images, as published. */
    TRAINING
  }

  /** What is done to training images before members predict them for the training signal. */
  public enum SignalImages {
    /** Nothing, as in the authors' notebook. */
    CLEAN,
    /** Random changes as in training, as in the authors' released programs. */
    AUGMENTED
  }

  /** The tasks over which the mean loss in the weights is taken. */
  public enum WeightMean {
    /** Those that have arrived, as in the authors' notebook. */
    SEEN,
    /**
     * All of the experiment, one that has not arrived having the loss of the uniform prediction, as
     * in the authors' released programs.
     */
    ALL
  }
}

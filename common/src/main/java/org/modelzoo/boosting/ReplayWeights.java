package org.modelzoo.boosting;

import org.modelzoo.config.Method;
import org.modelzoo.config.ZooConfig;

/**
 * What a member counts in the ensemble of a task under limited replay. Members that met the task
 * when it was new had all of its images, later ones only the share r: the former count 1/r, the
 * latter 1, as published. With several members in a round, all of the round in which the task
 * arrived had all of its images. With r = 1 everybody counts 1. Runs on the driver.
 */
public final class ReplayWeights {
  private final double replayFraction;

  /**
   * Weights for one experiment.
   *
   * @param replayFraction r, in (0, 1]
   */
  public ReplayWeights(double replayFraction) {
    if (!(replayFraction > 0 && replayFraction <= 1)) {
      throw new IllegalArgumentException("r is above 0 and at most 1, not " + replayFraction);
    }
    this.replayFraction = replayFraction;
  }

  /** The weights in the ensembles of a method; only a zoo and its refit keep a share. */
  public static ReplayWeights of(Method method, ZooConfig zoo) {
    boolean shares = method == Method.ZOO || method == Method.REFIT;
    return new ReplayWeights(shares ? zoo.replayFraction() : 1);
  }

  /** The weight of a member in the ensemble of one of its tasks. */
  public double of(MemberTasks member, int task) {
    if (!member.tasks().contains(task)) {
      throw new IllegalArgumentException(member.id() + " was not trained on task " + task);
    }
    boolean arrived = member.newTask().isPresent() && member.newTask().getAsInt() == task;
    return arrived ? 1 / replayFraction : 1;
  }
}

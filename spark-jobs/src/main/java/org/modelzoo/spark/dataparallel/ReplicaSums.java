package org.modelzoo.spark.dataparallel;

import java.io.Serializable;
import org.modelzoo.network.StepResult;

/**
 * Sums over the steps of one worker or several. Mutable, and no record, since Kryo can't build
 * those.
 */
final class ReplicaSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private double loss;
  private int images;
  private int correct;
  private int divergedStep = -1;
  private double divergedLoss;

  void add(StepResult result, int step) {
    if (hasDiverged()) {
      return;
    }
    loss += result.loss() * result.images();
    images += result.images();
    correct += result.correct();
    if (!Double.isFinite(result.loss())) {
      divergedStep = step;
      divergedLoss = result.loss();
    }
  }

  void add(ReplicaSums other) {
    loss += other.loss;
    images += other.images;
    correct += other.correct;
    boolean earlier = divergedStep < 0 || other.divergedStep < divergedStep;
    if (other.divergedStep >= 0 && earlier) {
      divergedStep = other.divergedStep;
      divergedLoss = other.divergedLoss;
    }
  }

  boolean hasDiverged() {
    return divergedStep >= 0;
  }

  double loss() {
    return loss;
  }

  int images() {
    return images;
  }

  int correct() {
    return correct;
  }

  /** Step of the epoch, −1 for none. */
  int divergedStep() {
    return divergedStep;
  }

  double divergedLoss() {
    return divergedLoss;
  }
}

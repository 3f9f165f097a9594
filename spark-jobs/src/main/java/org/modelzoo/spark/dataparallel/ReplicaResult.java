package org.modelzoo.spark.dataparallel;

import java.io.Serializable;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.training.MemberOutcome;

/**
 * What a worker brings home from a period, or several added up: parameters, momentum and the sums
 * of its steps; or why there is nothing. Crosses from executor to executor and driver: plain
 * arrays, and nothing that Kryo can't build. (dl4j-spark's own result can't cross at all.)
 */
final class ReplicaResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final int workers;
  private final float[] parameters;
  private final float[] momentum;
  private final ReplicaSums sums;
  private final String failureKind;
  private final String failure;

  private ReplicaResult(
      int position,
      int workers,
      float[] parameters,
      float[] momentum,
      ReplicaSums sums,
      String failureKind,
      String failure) {
    this.position = position;
    this.workers = workers;
    this.parameters = parameters;
    this.momentum = momentum;
    this.sums = sums;
    this.failureKind = failureKind;
    this.failure = failure;
  }

  /**
   * @param parameters taken, not copied
   * @param momentum taken; null where it isn't averaged
   */
  static ReplicaResult of(int worker, float[] parameters, float[] momentum, ReplicaSums sums) {
    return new ReplicaResult(worker, 1, parameters, momentum, sums, null, null);
  }

  /** Of a worker that sat the period out. */
  static ReplicaResult idle(int worker) {
    return new ReplicaResult(worker, 0, null, null, new ReplicaSums(), null, null);
  }

  static ReplicaResult failed(int worker, MemberOutcome.Failed outcome) {
    return new ReplicaResult(
        worker, 0, null, null, new ReplicaSums(), outcome.kind().name(), outcome.message());
  }

  /** This one and the next in order; takes the arrays of both. */
  ReplicaResult plus(ReplicaResult next) {
    sums.add(next.sums);
    String kind = failureKind == null ? next.failureKind : failureKind;
    String message = failureKind == null ? next.failure : failure;
    return new ReplicaResult(
        position,
        workers + next.workers,
        sum(parameters, next.parameters),
        sum(momentum, next.momentum),
        sums,
        kind,
        message);
  }

  private static float[] sum(float[] first, float[] second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    for (int i = 0; i < first.length; i++) {
      first[i] += second[i];
    }
    return first;
  }

  /** At another place among the others. */
  ReplicaResult at(int place) {
    return new ReplicaResult(place, workers, parameters, momentum, sums, failureKind, failure);
  }

  /** Mean over the workers that took steps; uses up the sum. */
  float[] meanParameters() {
    return mean(parameters);
  }

  /** Likewise; null where momentum isn't averaged. */
  float[] meanMomentum() {
    return mean(momentum);
  }

  private float[] mean(float[] sum) {
    if (sum != null) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= workers;
      }
    }
    return sum;
  }

  int position() {
    return position;
  }

  ReplicaSums sums() {
    return sums;
  }

  /**
   * Nothing, if no worker failed.
   *
   * @throws ModelZooException as the first worker that failed would have thrown it
   */
  void requireSuccess() {
    if (failureKind != null) {
      throw new ModelZooException(ErrorKind.valueOf(failureKind), failure);
    }
  }
}

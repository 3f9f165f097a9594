package org.modelzoo.training;

import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;

/**
 * What one member holds outside the Java heap, or on its graphics card: an estimate from the sizes
 * of the network's arrays, made without any of them. Both parts stay with its thread until it ends.
 *
 * @param training bytes of a training step
 * @param prediction bytes of the batches that a trained member predicts
 */
public record MemberMemory(long training, long prediction) {
  /** Of a member of that network, trained in batches of that size. */
  public static MemberMemory of(NetworkSpec network, int batchSize) {
    return new MemberMemory(
        Networks.trainingMemoryBytes(network, batchSize),
        Networks.predictionMemoryBytes(network, MemberTraining.EVALUATION_BATCH));
  }

  /** Bytes of both. */
  public long total() {
    return training + prediction;
  }
}

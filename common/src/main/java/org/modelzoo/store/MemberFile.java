package org.modelzoo.store;

import java.util.List;

/**
 * What became of a member, {@code members/<id>/outcome.json}; written last, so a directory with
 * this file is whole.
 *
 * @param tasks it was trained on, in the order of its heads
 * @param trainImages images seen in training, over all epochs
 * @param startedMillis wall clock at the first step, milliseconds since 1970
 * @param finishedMillis wall clock after the last step
 * @param epochs mean training loss and accuracy of each epoch
 * @param modelSha256 checksum of {@code model.zip}
 * @param predictionsSha256 checksum of {@code predictions.bin}
 */
public record MemberFile(
    int formatVersion,
    String id,
    List<Integer> tasks,
    long seed,
    long trainImages,
    long startedMillis,
    long finishedMillis,
    List<Epoch> epochs,
    String modelSha256,
    String predictionsSha256) {
  public static final int FORMAT_VERSION = 1;

  /** Training loss (mean cross-entropy, nats) and accuracy over one epoch's batches. */
  public record Epoch(double loss, double accuracy) {}
}

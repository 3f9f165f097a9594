package org.modelzoo.spark.benchmark;

import java.util.List;

/**
 * How much of the hardware's speed is left of a zoo's rounds; a JSON line.
 *
 * <p>efficiency = (seconds that the same images take in bare training steps and bare evaluation
 * batches on the same slots) / (seconds of the rounds on the wall)
 *
 * <p>Everything else of a round counts as loss: scheduling, loading and decoding, building
 * networks, waiting for the input pipeline, writing and reading members, the ensemble, the commit.
 * The first round, in which JVM and caches warm up, counts only where there is no other.
 *
 * @param kind round
 * @param batch of training
 * @param members trained at the same time
 * @param threads of each
 * @param imagesPerSecond training images over the wall time of the rounds that count
 * @param stepMsMedian of bare steps of so many members at once: the mean of a measurement before
 *     the rounds and one after them
 * @param stepMsBefore the first of the two
 * @param stepMsAfter the second: far from the first on a machine that others use too
 * @param evaluationMsMedian of bare evaluation batches, as {@code stepMsMedian}
 * @param efficiency over the rounds that count
 * @param peakRssMb of this JVM, in which driver and executors are one, in 10⁶ bytes
 * @param rounds all of them, also the first
 */
public record RoundResult(
    int formatVersion,
    String kind,
    String network,
    int batch,
    int members,
    int threads,
    double imagesPerSecond,
    double stepMsMedian,
    double stepMsBefore,
    double stepMsAfter,
    double evaluationMsMedian,
    double wallSeconds,
    double bareSeconds,
    double efficiency,
    Double peakRssMb,
    String processor,
    int cores,
    String java,
    String backend,
    String version,
    List<Round> rounds) {
  public static final int FORMAT_VERSION = 1;

  /**
   * One round; the four parts are those of the member that came back last, and add up to the wall
   * time.
   *
   * @param bareSeconds of all its members on the slots
   * @param beforeSeconds to the member's first step: plan, scheduling, waiting for a slot, loading
   *     images, building the network
   * @param trainingSeconds from its first step to its last, checkpoints and input included
   * @param bareTrainingSeconds of its images
   * @param evaluationSeconds from its last step to its result on the driver: evaluation, writing
   *     model and predictions, the way back
   * @param bareEvaluationSeconds of its images
   * @param commitSeconds the driver's: reading predictions, ensemble, weights, tables, commit
   */
  public record Round(
      int round,
      long trainImages,
      double wallSeconds,
      double bareSeconds,
      double efficiency,
      double beforeSeconds,
      double trainingSeconds,
      double bareTrainingSeconds,
      double evaluationSeconds,
      double bareEvaluationSeconds,
      double commitSeconds) {}
}

package org.modelzoo.benchmark;

/**
 * What a case of training or evaluation came to; a JSON line. Times are milliseconds on the wall,
 * medians where nothing else is said.
 *
 * @param kind training or evaluation
 * @param engine that did it
 * @param precision of the steps
 * @param device {@code cpu} or {@code cuda:N}
 * @param imagesPerSecond batch / median step, summed over the members
 * @param stepMsMedian of all members' steps, on a card each a mean over some; for evaluation of a
 *     batch
 * @param stepMsP10 a tenth of the steps were faster
 * @param stepMsP90 a tenth of the steps were slower
 * @param forwardMs from the images in the JVM to the last hidden activation; for evaluation to the
 *     probabilities. Null except for engine dl4j on a processor: other engines report no phases
 * @param backwardMs heads, loss and all gradients; null for evaluation, and as {@code forwardMs}
 * @param updateMs of the parameters; null as {@code backwardMs}
 * @param inputMs one thread's work to shuffle, augment and normalise a batch, measured apart and
 *     beside nothing else; in a run it overlaps with the steps
 * @param steps measured, of all members
 * @param peakRssMb largest resident memory of the JVM in 10⁶ bytes; null where the system doesn't
 *     tell
 * @param backend of the native operations
 * @param version of this program
 */
public record BenchmarkResult(
    int formatVersion,
    String kind,
    String network,
    int batch,
    int members,
    int threads,
    String engine,
    String precision,
    String device,
    double imagesPerSecond,
    double stepMsMedian,
    double stepMsP10,
    double stepMsP90,
    Double forwardMs,
    Double backwardMs,
    Double updateMs,
    double inputMs,
    int steps,
    Double peakRssMb,
    String processor,
    int cores,
    String java,
    String backend,
    String version) {
  public static final int FORMAT_VERSION = 1;

  /** The same with another median of the step. */
  public BenchmarkResult withStepMs(double median) {
    return new BenchmarkResult(
        formatVersion,
        kind,
        network,
        batch,
        members,
        threads,
        engine,
        precision,
        device,
        imagesPerSecond * stepMsMedian / median,
        median,
        stepMsP10,
        stepMsP90,
        forwardMs,
        backwardMs,
        updateMs,
        inputMs,
        steps,
        peakRssMb,
        processor,
        cores,
        java,
        backend,
        version);
  }
}

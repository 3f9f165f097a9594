package org.modelzoo.benchmark;

import java.util.List;

/**
 * How far a member of an engine on its device is from Deeplearning4j's on the processor, in
 * float32: the same initial parameters and batches. Differences are relative to the largest value
 * there, of losses to the loss.
 *
 * @param firstLoss of the first step that was not skipped
 * @param firstParameters after it, running statistics included
 * @param firstMomentum after it
 * @param predictions largest difference of any probability, both with the same trained parameters
 * @param losses of all steps on the device
 * @param expectedLosses of all steps on the processor
 * @param lastLosses of the means of the last ten losses; single ones drift apart, those of one
 *     library in two orders of images too
 * @param parameters norm of the difference after all steps, over the norm
 * @param skipped steps, for an overflow in float16
 * @param backend what the engine computes with
 */
public record ParityResult(
    int formatVersion,
    String network,
    int batch,
    String engine,
    String precision,
    String device,
    double firstLoss,
    double firstParameters,
    double firstMomentum,
    double predictions,
    List<Double> losses,
    List<Double> expectedLosses,
    double lastLosses,
    double parameters,
    int skipped,
    String backend) {
  public static final int FORMAT_VERSION = 1;
}

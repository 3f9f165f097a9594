package org.modelzoo.benchmark;

import java.util.List;

/**
 * Where the time of a training step goes; a JSON line. Times are medians over the steps, in
 * milliseconds.
 *
 * @param kind profile
 * @param forwardMs the whole phase, of which {@code layers} holds the most
 * @param backwardMs as {@code forwardMs}
 * @param updateMs of the parameters; no layer's
 * @param layers in the order of the forward pass
 */
public record StepProfile(
    int formatVersion,
    String kind,
    String network,
    int batch,
    int members,
    int threads,
    double imagesPerSecond,
    double stepMsMedian,
    double stepMsP10,
    double stepMsP90,
    double forwardMs,
    double backwardMs,
    double updateMs,
    int steps,
    Double peakRssMb,
    String processor,
    int cores,
    String java,
    String backend,
    String version,
    List<LayerTime> layers) {
  public static final int FORMAT_VERSION = 1;

  /**
   * One layer, or all layers of a kind.
   *
   * @param kind of layer
   * @param forwardMs 0 for the heads, which training computes in the backward phase
   * @param share of the step, 0 to 1
   * @param forwardGflop 10⁹ multiplications and additions of a convolution or of heads, 0 elsewhere
   * @param backwardGflop as {@code forwardGflop}
   * @param forwardGb 10⁹ bytes of inputs and outputs, each once; parameters and working space don't
   *     count
   * @param backwardGb 10⁹ bytes of inputs, their gradients and the outputs' gradient, each once
   */
  public record LayerTime(
      String name,
      String kind,
      double forwardMs,
      double backwardMs,
      double share,
      double forwardGflop,
      double backwardGflop,
      double forwardGb,
      double backwardGb) {}
}

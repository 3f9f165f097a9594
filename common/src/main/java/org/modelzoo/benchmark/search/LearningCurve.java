package org.modelzoo.benchmark.search;

import java.util.Map;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Parameter;
import org.modelzoo.search.space.Space;

/**
 * An invented learning curve over the original's four parameters: the loss falls from 2 towards a
 * final value that depends on all of them, the faster the higher the learning rate and the smaller
 * the batch, so that early losses mislead somewhat; and it is measured with noise.
 */
final class LearningCurve {
  private static final double NOISE = 0.01;

  private LearningCurve() {}

  static Space space() {
    return Space.of(
        Parameter.choice("batch-size", 8, 16, 32, 128),
        Parameter.logUniform("learning-rate", 1e-4, 1e-1),
        Parameter.logUniform("weight-decay", 1e-6, 1e-2),
        Parameter.uniform("dropout", 0.1, 0.5));
  }

  /** The measured loss after some epochs; the same whenever it is asked for. */
  static double loss(Map<String, Object> parameters, int epochs, long seed, int trial) {
    double rate = Math.log10((Double) parameters.get("learning-rate"));
    double decay = Math.log10((Double) parameters.get("weight-decay"));
    double dropout = (Double) parameters.get("dropout");
    double batch = Math.log((Long) parameters.get("batch-size")) / Math.log(2);
    double last =
        0.3
            + 0.12 * square(rate + 2.2 - 0.1 * (batch - 4))
            + 0.02 * square(decay + 4)
            + square(dropout - 0.25);
    double speed = 0.8 + 0.15 * (rate + 2) - 0.05 * (batch - 4);
    return last
        + (2 - last) * Math.pow(1 + epochs, -speed)
        + NOISE * Seeds.random(seed, "search-noise", trial, epochs).nextGaussian();
  }

  private static double square(double x) {
    return x * x;
  }
}

package org.modelzoo.search.sampler;

import org.modelzoo.config.SamplerConfig;
import org.modelzoo.search.space.Space;

/** Makes the sampler of a configuration. */
public final class Samplers {
  private Samplers() {}

  /**
   * The configured sampler.
   *
   * @param seed of the study
   */
  public static Sampler of(SamplerConfig config, Space space, long seed) {
    return switch (config.method()) {
      case TPE -> new TpeSampler(space, seed, config.startupTrials(), config.candidates());
      case ONE_PLUS_ONE -> new OnePlusOneSampler(space, seed, config.initialStep());
      case QUASI_RANDOM -> new QuasiRandomSampler(space, seed);
      case RANDOM -> new RandomSampler(space, seed);
      case GRID -> new GridSampler(space, seed, config.gridPoints());
    };
  }
}

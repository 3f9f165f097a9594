package org.modelzoo.search.sampler;

import org.modelzoo.search.space.Space;

class RandomSamplerTest extends SamplerContract {
  @Override
  Sampler sampler(Space space, long seed) {
    return new RandomSampler(space, seed);
  }
}

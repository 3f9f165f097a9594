package org.modelzoo.search.sampler;

import java.util.Map;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Space;

/** Independent draws from the space's own distribution. */
public record RandomSampler(Space space, long seed) implements Sampler {
  @Override
  public Map<String, Object> propose(int number, History history) {
    return space.decode(
        Seeds.random(seed, "search-random", number).doubles(space.dimensions()).toArray());
  }
}

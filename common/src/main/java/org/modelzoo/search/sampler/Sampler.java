package org.modelzoo.search.sampler;

import java.util.Map;
import org.modelzoo.search.space.Space;

/**
 * Proposes the parameters of trials. Immutable; runs on the driver. A proposal depends on the
 * sampler's settings (its study's seed among them), its number and the observations, and on nothing
 * else. {@code toString} tells all settings: a stored study is continued only with a sampler that
 * says the same.
 */
public interface Sampler {
  /** Where the parameters come from. */
  Space space();

  /**
   * The active parameters of a trial.
   *
   * @param number of proposals before it, below {@link #limit}
   * @param history of the trials that have a result
   */
  Map<String, Object> propose(int number, History history);

  /** How many proposals there are. */
  default int limit() {
    return Integer.MAX_VALUE;
  }
}

package org.modelzoo.search;

import java.util.Map;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.search.space.Space;

/** A trial that somebody knows and wants to be run before the sampler's. */
final class KnownTrial {
  private KnownTrial() {}

  /**
   * Its parameters, those with it that the space gives by itself.
   *
   * @throws ModelZooException (configuration) if they don't fit the space
   */
  static Map<String, Object> in(Space space, Map<String, ?> known) {
    try {
      return space.complete(known);
    } catch (IllegalArgumentException e) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "the known trial %s does not fit the space: %s; change search.queue or search.space"
              .formatted(known, e.getMessage()),
          e);
    }
  }
}

package org.modelzoo.search.sampler;

import java.util.random.RandomGenerator;

/** A distribution over one coordinate of the unit cube. */
interface Density {
  /** A place in [0, 1]. */
  double draw(RandomGenerator random);

  /** The logarithm of the density at a place. */
  double logAt(double u);
}

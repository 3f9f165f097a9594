package org.modelzoo.search.sampler;

import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.base.Seeds;
import org.modelzoo.search.space.Space;

/**
 * Points of Sobol's sequence, which cover the cube more evenly than random ones, scrambled by the
 * seed: by a random lower-triangular matrix and a digital shift for each coordinate (Matoušek,
 * 1998), which keep the sequence's evenness.
 */
public record QuasiRandomSampler(Space space, long seed) implements Sampler {
  /** What commons-math has direction numbers for. */
  private static final int MOST_DIMENSIONS = 1000;

  /** Digits of a coordinate, as many as commons-math gives. */
  private static final int BITS = 52;

  public QuasiRandomSampler {
    if (space.dimensions() > MOST_DIMENSIONS) {
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "Sobol's sequence has at most %d coordinates, and the space has %d parameters; search fewer, or use the random sampler"
              .formatted(MOST_DIMENSIONS, space.dimensions()));
    }
  }

  @Override
  public Map<String, Object> propose(int number, History history) {
    if (space.dimensions() == 0) {
      return space.decode(new double[0]);
    }
    double[] point = new SobolSequenceGenerator(space.dimensions()).skipTo(number);
    for (int coordinate = 0; coordinate < point.length; coordinate++) {
      point[coordinate] = scramble(point[coordinate], coordinate);
    }
    return space.decode(point);
  }

  private double scramble(double u, int coordinate) {
    SplittableRandom random = Seeds.random(seed, "search-quasi-random", coordinate);
    long digits = (long) (u * (1L << BITS));
    long scrambled = random.nextLong(1L << BITS);
    for (int digit = BITS - 1; digit >= 0; digit--) {
      // Each digit becomes the sum of itself and some of those before it.
      long before = random.nextLong(1L << BITS) >>> (digit + 1) << (digit + 1);
      scrambled ^= (Long.bitCount(digits & (before | 1L << digit)) & 1L) << digit;
    }
    return (double) scrambled / (1L << BITS);
  }
}

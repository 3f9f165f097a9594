package org.modelzoo.base;

import java.util.SplittableRandom;

/**
 * Derives every random choice of an experiment from its one seed, so that results depend neither on
 * the number of executors nor on retries nor on the order of completion.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * A seed for one purpose.
   *
   * @param seed the experiment's seed
   * @param purpose what the randomness is for, for example {@code "sampling"}
   * @param indices which one of them, for example round, member, epoch
   */
  public static long derive(long seed, String purpose, long... indices) {
    long hash = mix(seed);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash ^ purpose.charAt(i));
    }
    for (long index : indices) {
      hash = mix(hash ^ index);
    }
    return hash;
  }

  /** A generator for one purpose; the same arguments give the same numbers on every machine. */
  public static SplittableRandom random(long seed, String purpose, long... indices) {
    return new SplittableRandom(derive(seed, purpose, indices));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014) after one step of its counter. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

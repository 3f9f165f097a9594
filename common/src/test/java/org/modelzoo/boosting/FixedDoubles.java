package org.modelzoo.boosting;

import java.util.random.RandomGenerator;

/** Gives the numbers it was made with, so that a test can follow every draw by hand. */
final class FixedDoubles implements RandomGenerator {
  private final double[] numbers;
  private int next;

  FixedDoubles(double... numbers) {
    this.numbers = numbers;
  }

  @Override
  public double nextDouble() {
    return numbers[next++];
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("the sampler draws doubles");
  }
}

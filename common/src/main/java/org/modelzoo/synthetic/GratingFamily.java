package org.modelzoo.synthetic;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two sets of stripes over each other in a round window. The factor is which two out of twelve
 * sets, each with its direction and width; classes of a task often have one of them in common.
 * Open: where the first stripes begin, and which set is the stronger.
 */
final class GratingFamily implements PatternFamily {
  private static final int DIRECTIONS = 4;
  private static final double[] CYCLES = {1.5, 2.3, 3.3};
  private static final int VOCABULARY = DIRECTIONS * CYCLES.length;
  private static final int[] PAIRS =
      IntStream.range(0, 1 << VOCABULARY).filter(set -> Integer.bitCount(set) == 2).toArray();

  @Override
  public int combinations() {
    return PAIRS.length;
  }

  @Override
  public double turn() {
    return 15;
  }

  @Override
  public boolean brighterFirst() {
    return false;
  }

  @Override
  public Pattern pattern(int combination, SplittableRandom random) {
    float share = (float) random.nextDouble(0.3, 0.7);
    int lower = Integer.numberOfTrailingZeros(PAIRS[combination]);
    int higher = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(PAIRS[combination]);
    Pattern first = stripes(lower, random);
    Pattern second = stripes(higher, random);
    return (x, y) -> {
      float window = PatternFamily.edge(1 - (float) Math.sqrt(x * x + y * y));
      return window == 0 ? 0 : window * (share * first.at(x, y) + (1 - share) * second.at(x, y));
    };
  }

  private static Pattern stripes(int entry, SplittableRandom random) {
    int direction = entry / CYCLES.length;
    double angle = Math.PI * direction / DIRECTIONS;
    double wave = Math.PI * CYCLES[entry % CYCLES.length];
    float right = (float) (wave * Math.cos(angle));
    float down = (float) (wave * Math.sin(angle));
    float phase = (float) random.nextDouble(2 * Math.PI);
    return (x, y) -> (float) Math.sin(right * x + down * y + phase);
  }
}

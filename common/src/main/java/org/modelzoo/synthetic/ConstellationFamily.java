package org.modelzoo.synthetic;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two dots of the one and two of the other colour on a 3 × 3 lattice. The factor is where they are:
 * all classes have the same number of dots. Open: their size, and a little of each place.
 */
final class ConstellationFamily implements PatternFamily {
  private static final int PLACES = 9;
  private static final double WANDER = 0.08;

  /**
   * Low nine bits: places of the first colour; high nine: of the second. The colours are drawn anew
   * for every image, so of two mirror constellations only one is there.
   */
  private static final int[] CONSTELLATIONS =
      IntStream.range(0, 1 << (2 * PLACES))
          .filter(set -> Integer.bitCount(first(set)) == 2 && Integer.bitCount(second(set)) == 2)
          .filter(set -> (first(set) & second(set)) == 0 && first(set) > second(set))
          .toArray();

  private static int first(int set) {
    return set & ((1 << PLACES) - 1);
  }

  private static int second(int set) {
    return set >> PLACES;
  }

  @Override
  public int combinations() {
    return CONSTELLATIONS.length;
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
    int set = CONSTELLATIONS[combination];
    float[] dotX = new float[4];
    float[] dotY = new float[4];
    float[] sign = new float[4];
    for (int bit = 0, dot = 0; bit < 2 * PLACES; bit++) {
      if (((set >> bit) & 1) == 1) {
        int place = bit % PLACES;
        dotX[dot] = (float) (0.7 * (place % 3 - 1) + random.nextDouble(-WANDER, WANDER));
        dotY[dot] = (float) (0.7 * (place / 3 - 1) + random.nextDouble(-WANDER, WANDER));
        sign[dot++] = bit < PLACES ? 1 : -1;
      }
    }
    float size = (float) random.nextDouble(0.36, 0.52);
    float scale = 1 / (size * size);
    return (x, y) -> {
      float value = 0;
      for (int dot = 0; dot < 4; dot++) {
        float toX = x - dotX[dot];
        float toY = y - dotY[dot];
        float fall = 1 - (toX * toX + toY * toY) * scale;
        if (fall > 0) {
          value += sign[dot] * fall * (2 - fall);
        }
      }
      return Math.max(-1, Math.min(1, value));
    };
  }
}

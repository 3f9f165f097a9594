package org.modelzoo.synthetic;

import java.util.SplittableRandom;

/**
 * A disc of a brighter and a darker colour in equal parts. The factor is how they lie: two halves
 * in eight directions, the one between two of the other in four directions, the one around the
 * other, or quarters.
 */
final class LayoutFamily implements PatternFamily {
  private static final int HALVES = 8;
  private static final int SANDWICHES = 8;
  private static final int RINGS = 2;
  private static final int QUARTERS = 2;

  /** Half the width of a disc's middle stripe that has half of its area. */
  private static final float MIDDLE = 0.404f;

  /** Radius of the inner disc that has half of the area. */
  private static final float INNER = 0.707f;

  @Override
  public int combinations() {
    return HALVES + SANDWICHES + RINGS + QUARTERS;
  }

  @Override
  public double turn() {
    return 20;
  }

  @Override
  public boolean brighterFirst() {
    return true;
  }

  @Override
  public Pattern pattern(int combination, SplittableRandom random) {
    Pattern layout = layout(combination);
    return (x, y) -> {
      float window = PatternFamily.edge(1 - (float) Math.sqrt(x * x + y * y));
      return window == 0 ? 0 : window * layout.at(x, y);
    };
  }

  private static Pattern layout(int combination) {
    if (combination < HALVES) {
      double angle = 2 * Math.PI * combination / HALVES;
      float right = (float) Math.cos(angle);
      float down = (float) Math.sin(angle);
      return (x, y) -> between(right * x + down * y);
    }
    int rest = combination - HALVES;
    float sign = rest % 2 == 0 ? 1 : -1;
    if (rest < SANDWICHES) {
      int direction = rest / 2;
      double angle = 2 * Math.PI * direction / SANDWICHES;
      float right = (float) Math.cos(angle);
      float down = (float) Math.sin(angle);
      return (x, y) -> sign * between(MIDDLE - Math.abs(right * x + down * y));
    }
    if (rest < SANDWICHES + RINGS) {
      return (x, y) -> sign * between(INNER - (float) Math.sqrt(x * x + y * y));
    }
    return (x, y) -> sign * between(4 * x * y);
  }

  private static float between(float inside) {
    return 2 * PatternFamily.edge(inside) - 1;
  }
}

package org.modelzoo.data;

import java.util.SplittableRandom;

/**
 * Stripes in a round window. Factors: direction, stripes per window, and whether a second set
 * crosses the first. Open: where the first stripe begins.
 */
final class GratingFamily implements PatternFamily {
  private static final int DIRECTIONS = 6;
  private static final double[] CYCLES = {1.6, 2.4, 3.4};

  @Override
  public int combinations() {
    return DIRECTIONS * CYCLES.length + DIRECTIONS / 2 * CYCLES.length;
  }

  @Override
  public double turn() {
    return 10;
  }

  @Override
  public boolean fixedColours() {
    return false;
  }

  @Override
  public Pattern pattern(int combination, SplittableRandom random) {
    int single = DIRECTIONS * CYCLES.length;
    boolean crossed = combination >= single;
    int rest = crossed ? combination - single : combination;
    int direction = rest / CYCLES.length;
    double angle = Math.PI * direction / DIRECTIONS;
    double wave = Math.PI * CYCLES[rest % CYCLES.length];
    float right = (float) (wave * Math.cos(angle));
    float down = (float) (wave * Math.sin(angle));
    float phase = (float) random.nextDouble(2 * Math.PI);
    float crossPhase = (float) random.nextDouble(2 * Math.PI);
    return (x, y) -> {
      float window = PatternFamily.edge(1 - (float) Math.sqrt(x * x + y * y));
      if (window == 0) {
        return 0;
      }
      float value = (float) Math.sin(right * x + down * y + phase);
      if (crossed) {
        value = (value + (float) Math.sin(down * x - right * y + crossPhase)) / 2;
      }
      return window * value;
    };
  }
}

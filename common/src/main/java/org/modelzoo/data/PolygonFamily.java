package org.modelzoo.data;

import java.util.SplittableRandom;

/**
 * Polygons and stars, turned any way. Factors: corners, convex or star, filled or outline, regular
 * or stretched.
 */
final class PolygonFamily implements PatternFamily {
  private static final int[] CORNERS = {3, 4, 5};
  private static final float STAR_DEPTH = 0.42f;
  private static final float STRETCH = 1.8f;
  private static final float OUTLINE = 0.16f;

  @Override
  public int combinations() {
    return CORNERS.length * 2 * 2 * 2;
  }

  @Override
  public double turn() {
    return 180;
  }

  @Override
  public boolean fixedColours() {
    return false;
  }

  @Override
  public Pattern pattern(int combination, SplittableRandom random) {
    int corners = CORNERS[combination % CORNERS.length];
    int flags = combination / CORNERS.length;
    boolean outline = (flags & 1) != 0;
    float stretch = (flags & 2) != 0 ? STRETCH : 1;
    float sector = (float) (2 * Math.PI / corners);
    // The edge from a corner at radius 1 to the next corner, or to the notch of a star.
    boolean star = (flags & 4) != 0;
    float spread = star ? sector / 2 : sector;
    float end = star ? STAR_DEPTH : 1;
    float endX = end * (float) Math.cos(spread);
    float endY = end * (float) Math.sin(spread);
    float length = (float) Math.hypot(endX - 1, endY);
    float normalX = endY / length;
    float normalY = (1 - endX) / length;
    return (x, y) -> {
      float stretched = y * stretch;
      float radius = (float) Math.sqrt(x * x + stretched * stretched);
      if (radius > 1.2f) {
        return 0;
      }
      float angle = (float) Math.atan2(stretched, x);
      float within = angle - sector * (float) Math.floor(angle / sector);
      if (star && within > sector / 2) {
        within = sector - within;
      }
      float px = radius * (float) Math.cos(within);
      float py = radius * (float) Math.sin(within);
      float inside = -((px - 1) * normalX + py * normalY);
      return outline
          ? PatternFamily.edge(OUTLINE - Math.abs(inside - OUTLINE))
          : PatternFamily.edge(inside);
    };
  }
}

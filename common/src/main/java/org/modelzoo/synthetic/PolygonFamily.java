package org.modelzoo.synthetic;

import java.util.SplittableRandom;

/**
 * Triangles, squares and four-pointed stars. Factors: which of them; filled or outline, of a star
 * thick or thin; regular, tall or wide; standing on a corner or on a side.
 */
final class PolygonFamily implements PatternFamily {
  private static final int SHAPES = 3;
  private static final int ASPECTS = 3;
  private static final float THICK_STAR = 0.45f;
  private static final float THIN_STAR = 0.25f;
  private static final float STRETCH = 1.7f;

  /** Half the thickness of an outline. */
  private static final float OUTLINE = 0.11f;

  @Override
  public int combinations() {
    return SHAPES * ASPECTS * 2 * 2;
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
    int shape = combination % SHAPES;
    int aspect = combination / SHAPES % ASPECTS;
    int flags = combination / (SHAPES * ASPECTS);
    boolean light = (flags & 1) != 0;
    boolean onSide = (flags & 2) != 0;
    boolean star = shape == 2;
    int corners = shape == 0 ? 3 : 4;
    float narrower = aspect == 1 ? STRETCH : 1;
    float flatter = aspect == 2 ? STRETCH : 1;
    float sector = (float) (2 * Math.PI / corners);
    float first = (float) (Math.PI / 2) + (onSide ? sector / 2 : 0);
    Edge edge =
        star ? Edge.between(sector / 2, light ? THIN_STAR : THICK_STAR) : Edge.between(sector, 1);
    return (right, down) -> {
      float x = right * narrower;
      float y = down * flatter;
      float radius = (float) Math.sqrt(x * x + y * y);
      if (radius > 1.2f) {
        return 0;
      }
      float angle = (float) Math.atan2(y, x) - first;
      float within = angle - sector * (float) Math.floor(angle / sector);
      if (star && within > sector / 2) {
        within = sector - within;
      }
      float inside = edge.inside(radius, within);
      return light && !star
          ? PatternFamily.edge(OUTLINE - Math.abs(inside - OUTLINE))
          : PatternFamily.edge(inside);
    };
  }

  /** The straight edge from a corner at angle 0 and radius 1 to the next corner or notch. */
  private record Edge(float normalX, float normalY) {
    static Edge between(float angle, float radius) {
      double alongX = radius * Math.cos(angle) - 1;
      double alongY = radius * Math.sin(angle);
      double length = Math.hypot(alongX, alongY);
      return new Edge((float) (alongY / length), (float) (-alongX / length));
    }

    /** Distance from the edge, positive towards the centre. */
    float inside(float radius, float angle) {
      float x = radius * (float) Math.cos(angle) - 1;
      float y = radius * (float) Math.sin(angle);
      return -(x * normalX + y * normalY);
    }
  }
}

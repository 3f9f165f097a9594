package org.modelzoo.synthetic;

import java.util.SplittableRandom;
import org.modelzoo.base.Seeds;

/**
 * A group of generated tasks that share visual factors: their classes are different combinations of
 * the same factor values, so what helps to tell one task's classes apart helps with the others.
 */
public interface PatternFamily {
  /** Number of distinguishable classes; a task's are drawn from them without replacement. */
  int combinations();

  /** Largest random turn of an image, in degrees; where direction is a factor it must be small. */
  double turn();

  /**
   * Whether the first colour is the brighter one in every image; otherwise colours mean nothing.
   */
  boolean brighterFirst();

  /** One sample of a class: what the class leaves open is drawn from {@code random}. */
  Pattern pattern(int combination, SplittableRandom random);

  /** What is drawn, on the square from −1 to 1. */
  interface Pattern {
    /** From 1, wholly the first colour, over 0, the background, to −1, wholly the second. */
    float at(float right, float down);
  }

  /** The family with this index. Beyond the five kinds, a kind returns with other parts. */
  static PatternFamily of(int family, long seed) {
    return switch (family % 5) {
      case 0 -> new GratingFamily();
      case 1 -> new StrokeFamily(Seeds.random(seed, "synthetic-strokes", family));
      case 2 -> new PolygonFamily();
      case 3 -> new ConstellationFamily();
      default -> new LayoutFamily();
    };
  }

  /** A soft edge: 1 well inside, 0 well outside, in units of the pattern's radius. */
  static float edge(float inside) {
    float value = 0.5f + 4 * inside;
    return value < 0 ? 0 : Math.min(value, 1);
  }
}

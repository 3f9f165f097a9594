package org.modelzoo.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Characters of an invented script. Factors: which three strokes out of the family's eight, each
 * between two points of a 3 × 3 lattice. Open: the thickness.
 */
final class StrokeFamily implements PatternFamily {
  private static final int VOCABULARY = 8;
  private static final int STROKES = 3;
  private static final int[] CHARACTERS =
      IntStream.range(0, 1 << VOCABULARY).filter(set -> Integer.bitCount(set) == STROKES).toArray();

  private final List<Stroke> vocabulary;

  StrokeFamily(SplittableRandom random) {
    List<Stroke> candidates = new ArrayList<>();
    for (int from = 0; from < 9; from++) {
      for (int to = from + 1; to < 9; to++) {
        candidates.add(Stroke.between(from, to));
      }
    }
    vocabulary = new ArrayList<>();
    while (vocabulary.size() < VOCABULARY) {
      vocabulary.add(candidates.remove(random.nextInt(candidates.size())));
    }
  }

  @Override
  public int combinations() {
    return CHARACTERS.length;
  }

  @Override
  public double turn() {
    return 20;
  }

  @Override
  public boolean brighterFirst() {
    return false;
  }

  @Override
  public Pattern pattern(int combination, SplittableRandom random) {
    int set = CHARACTERS[combination];
    Stroke[] strokes =
        IntStream.range(0, VOCABULARY)
            .filter(i -> ((set >> i) & 1) == 1)
            .mapToObj(vocabulary::get)
            .toArray(Stroke[]::new);
    float thickness = (float) random.nextDouble(0.10, 0.22);
    return (x, y) -> {
      float nearest = Float.MAX_VALUE;
      for (Stroke stroke : strokes) {
        nearest = Math.min(nearest, stroke.squaredDistance(x, y));
      }
      return nearest > 0.25f ? 0 : PatternFamily.edge(thickness - (float) Math.sqrt(nearest));
    };
  }

  /** From a point along a vector. */
  private record Stroke(float x, float y, float alongX, float alongY, float squaredLength) {
    static Stroke between(int from, int to) {
      float x = lattice(from % 3);
      float y = lattice(from / 3);
      float alongX = lattice(to % 3) - x;
      float alongY = lattice(to / 3) - y;
      return new Stroke(x, y, alongX, alongY, alongX * alongX + alongY * alongY);
    }

    private static float lattice(int index) {
      return 0.8f * (index - 1);
    }

    float squaredDistance(float px, float py) {
      float toX = px - x;
      float toY = py - y;
      float share = (toX * alongX + toY * alongY) / squaredLength;
      share = Math.max(0, Math.min(1, share));
      float missX = toX - share * alongX;
      float missY = toY - share * alongY;
      return missX * missX + missY * missY;
    }
  }
}

package org.modelzoo.report.run;

import java.util.List;
import java.util.stream.IntStream;

/** Rounds as a report counts and thins them. */
final class Rounds {
  /** More rows than this neither fit a screen nor a page of a megabyte. */
  static final int MOST = 100;

  private Rounds() {}

  /** All rounds where there are few, otherwise so many evenly spread ones, both ends among them. */
  static List<Integer> shown(int rounds) {
    return spread(rounds, MOST);
  }

  /** Indices of so many things evenly spread over all, both ends among them; all, where few. */
  static List<Integer> spread(int all, int most) {
    return all <= most
        ? IntStream.range(0, all).boxed().toList()
        : IntStream.range(0, most)
            .mapToObj(i -> (int) Math.round(i * (all - 1.0) / (most - 1)))
            .toList();
  }

  /** As people count, from 1. */
  static String label(int round) {
    return Integer.toString(round + 1);
  }

  /** What an explanation adds where not all rounds are shown. */
  static String thinned(int rounds) {
    return rounds <= MOST ? "" : " %d of %,d rounds are shown.".formatted(MOST, rounds);
  }
}

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
    return rounds <= MOST
        ? IntStream.range(0, rounds).boxed().toList()
        : IntStream.range(0, MOST)
            .mapToObj(i -> (int) Math.round(i * (rounds - 1.0) / (MOST - 1)))
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

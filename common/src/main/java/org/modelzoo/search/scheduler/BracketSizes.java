package org.modelzoo.search.scheduler;

import java.util.stream.IntStream;

/**
 * How many trials Hyperband gives to each of its brackets (Li et al., 2018, "Hyperband"): n = ⌈(S +
 * 1) / (s + 1) · η^s⌉ to the bracket that climbs s times, for s = S, S − 1, …, 0. Bracket b = S − s
 * starts at rung b of the ladder.
 */
final class BracketSizes {
  private BracketSizes() {}

  /** The sizes in the order of the starting rungs. */
  static int[] of(int brackets, int reductionFactor) {
    return IntStream.range(0, brackets)
        .map(
            bracket -> {
              int climbs = brackets - 1 - bracket;
              return (int) Math.ceil(brackets / (climbs + 1.0) * Math.pow(reductionFactor, climbs));
            })
        .toArray();
  }

  /**
   * Which bracket trial t belongs to, when brackets are filled one after the other, over and over.
   */
  static int bracketOf(int trial, int[] sizes) {
    int place = trial % IntStream.of(sizes).sum();
    int bracket = 0;
    while (place >= sizes[bracket]) {
      place -= sizes[bracket++];
    }
    return bracket;
  }
}

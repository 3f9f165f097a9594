package org.modelzoo.search.scheduler;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rungs below the top of every bracket of an asynchronous scheduler. Trials are dealt out to
 * the brackets as in Hyperband, and bracket b starts at rung b.
 *
 * @param <R> what a scheduler keeps of a rung
 */
final class Brackets<R> {
  private final Ladder ladder;
  private final int[] sizes;
  private final List<List<R>> brackets;

  /**
   * @param rung makes one that no trial has finished
   */
  Brackets(Ladder ladder, int reductionFactor, int count, Supplier<R> rung) {
    this.ladder = ladder;
    this.sizes = BracketSizes.of(count, reductionFactor);
    this.brackets =
        IntStream.range(0, count)
            .mapToObj(bracket -> Stream.generate(rung).limit(ladder.top()).toList())
            .toList();
  }

  /** Where a new trial starts. */
  Rung start(int trial) {
    return ladder.start(trial, BracketSizes.bracketOf(trial, sizes));
  }

  /** The rung that a trial finished, among those of its bracket. */
  R of(Rung finished) {
    return brackets.get(BracketSizes.bracketOf(finished.trial(), sizes)).get(finished.number());
  }

  /** The rungs of one number, of each bracket. */
  List<R> at(int number) {
    return brackets.stream().map(bracket -> bracket.get(number)).toList();
  }
}

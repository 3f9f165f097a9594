package org.modelzoo.spark.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/**
 * The rounds of a run that have started and are not committed: the one to be committed next, and as
 * many after it as the experiment looks ahead. Lives on the driver; one thread uses it.
 */
final class RoundsInFlight {
  private final int rounds;
  private final int lookahead;
  private final IntFunction<RoundMembers.Started> starter;
  private final Deque<RoundMembers.Started> started = new ArrayDeque<>();
  private int toStart;

  /**
   * No round has started yet.
   *
   * @param rounds of the run
   * @param lookahead how many rounds may start before the one to be committed next is
   * @param starter plans a round, brings its members on their way and waits for nothing
   */
  RoundsInFlight(int rounds, int lookahead, IntFunction<RoundMembers.Started> starter) {
    this.rounds = rounds;
    this.lookahead = lookahead;
    this.starter = starter;
  }

  /**
   * Starts all rounds that may, and takes out the one to be committed next; call again once it is.
   */
  RoundMembers.Started next() {
    while (toStart < rounds && started.size() <= lookahead) {
      started.add(starter.apply(toStart++));
    }
    return started.remove();
  }

  /** Waits until the rounds behind have ended, so that what they trained is there afterwards. */
  void awaitEnd() {
    started.forEach(RoundMembers.Started::awaitEnd);
  }
}

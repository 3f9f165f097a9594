package org.modelzoo.spark.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.store.MemberStore.Member;

/**
 * The rounds of a run that have started and are not committed: the one to be committed next, and as
 * many after it as the experiment looks ahead. Each is planned from the losses that {@link
 * RoundPlanner#lossesAfter} says, however much more is known when it starts. Lives on the driver;
 * one thread uses it.
 */
final class RoundsInFlight {
  private final RoundPlanner planner;
  private final Function<RoundPlan, RoundMembers.Started> starter;
  private final Deque<Round> started = new ArrayDeque<>();
  private final Map<Integer, double[]> losses = new HashMap<>();
  private int toStart;

  /**
   * No round has started yet.
   *
   * @param starter brings a round's members on their way and waits for nothing
   */
  RoundsInFlight(RoundPlanner planner, Function<RoundPlan, RoundMembers.Started> starter) {
    this.planner = planner;
    this.starter = starter;
  }

  /** Starts all rounds that may, and tells the one to be committed next. */
  RoundPlan next() {
    while (toStart < planner.rounds() && started.size() <= planner.lookahead()) {
      OptionalInt after = planner.lossesAfter(toStart);
      double[] known = after.isPresent() ? losses.remove(after.getAsInt()) : null;
      RoundPlan plan = planner.plan(toStart, known);
      started.add(new Round(plan, starter.apply(plan)));
      toStart++;
    }
    return started.element().plan();
  }

  /**
   * Waits for the members of the round to be committed next.
   *
   * @return those that were trained to the end, in the order of the plan
   * @throws org.modelzoo.base.ModelZooException when the round can't be completed; the rounds after
   *     it have ended then, so that what they trained is there for the next attempt
   */
  Map<MemberTasks, Member> trained() {
    try {
      return started.element().members().join();
    } catch (RuntimeException e) {
      started.forEach(round -> round.members().awaitEnd());
      throw e;
    }
  }

  /** The round that {@link #next} told is committed, with these losses of the ensemble after it. */
  void committed(double[] after) {
    losses.put(started.remove().plan().round(), after);
  }

  private record Round(RoundPlan plan, RoundMembers.Started members) {}
}

package org.modelzoo.spark.job;

import java.util.Collections;
import java.util.List;
import org.modelzoo.base.Seeds;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.run.Splits;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.training.Continuation;
import org.modelzoo.training.MemberPlan;

/**
 * Turns the boosting loop's choice of tasks into plans that executors can train. Lives on the
 * driver.
 */
public final class Plans {
  private final ModelZooConfig config;
  private final Method method;

  Plans(ModelZooConfig config, Method method) {
    this.config = config;
    this.method = method;
  }

  /**
   * The members that a run begins with, whose tasks follow from no losses; of multi-head and
   * isolated training these are all.
   *
   * @param splits whose predictions somebody reads
   */
  public static List<MemberPlan> ofFirstRound(
      ModelZooConfig config, Method method, List<Split> splits) {
    Plans plans = new Plans(config, method);
    return RoundPlanner.of(config, method).plan(0, null).members().stream()
        .map(member -> plans.of(member, splits))
        .toList();
  }

  MemberPlan of(MemberTasks member) {
    return of(member, Splits.of(config));
  }

  private MemberPlan of(MemberTasks member, List<Split> splits) {
    return new MemberPlan(
        member.id(),
        member.tasks(),
        kept(member),
        continuation(member),
        Seeds.derive(
            config.experiment().seed(), method + " member", member.round(), member.member()),
        config.experiment().seed(),
        config.data(),
        config.network(),
        config.training(),
        splits,
        config.zoo().signalImages());
  }

  private List<Double> kept(MemberTasks member) {
    if (method == Method.ISOLATED_ENSEMBLE || member.newTask().isEmpty()) {
      return Collections.nCopies(member.tasks().size(), 1.0);
    }
    int newTask = member.newTask().getAsInt();
    return member.tasks().stream()
        .map(task -> task == newTask ? 1.0 : config.zoo().replayFraction())
        .toList();
  }

  /** As many steps as the member of a zoo's round has: replay of one task less. */
  private Continuation continuation(MemberTasks member) {
    if (!method.isSequential()) {
      return null;
    }
    int replayed =
        method == Method.REPLAY
            ? Math.min(config.zoo().tasksPerRound(), member.tasks().size()) - 1
            : 0;
    return new Continuation(
        member.continued(method).orElse(null), config.replay().images(), replayed);
  }
}

package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.modelzoo.base.Seeds;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.RoundPlanner;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.ZooConfig.Mode;
import org.modelzoo.run.Splits;
import org.modelzoo.store.Predictions.Split;
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
    List<Double> kept = new ArrayList<>(Collections.nCopies(member.tasks().size(), 1.0));
    if (method == Method.ZOO && config.zoo().mode() == Mode.CONTINUAL) {
      for (int i = 0; i < kept.size(); i++) {
        boolean isNew = member.newTask().orElse(-1) == member.tasks().get(i);
        kept.set(i, isNew ? 1.0 : config.zoo().replayFraction());
      }
    }
    return kept;
  }
}

package org.modelzoo.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
import org.modelzoo.boosting.RoundPlan;
import org.modelzoo.boosting.Score;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/**
 * Makes {@link Round}s of what members predict: adds the members to the ensembles and scores both.
 * Rounds come in their order. A round costs what its members cost, not what all tasks and all
 * rounds before do: tasks that got no member keep their scores. Lives on the driver.
 */
public final class RoundScorer {
  private final List<TaskConfig> tasks;
  private final List<Split> splits;
  private final Method method;
  private final ReplayWeights weights;
  private final Ensembles ensembles = new Ensembles();
  private final Set<Integer> scored = new HashSet<>();

  /** Before the first round of a run. */
  public RoundScorer(ModelZooConfig config, Method method) {
    this.tasks = config.data().set().tasks();
    this.splits = Splits.of(config);
    this.method = method;
    this.weights = ReplayWeights.of(method, config.zoo());
  }

  /**
   * The next round.
   *
   * @param predictions of the members that were trained to their end; the others of the plan
   *     diverged
   * @param tasksSeen how many tasks are known after the round, the first ones
   */
  public Round score(RoundPlan plan, Map<MemberTasks, Predictions> predictions, int tasksSeen) {
    List<Round.Member> members = new ArrayList<>();
    for (MemberTasks member : plan.members()) {
      members.add(
          predictions.containsKey(member)
              ? trained(member, predictions.get(member))
              : Round.Member.diverged(member.id(), member.tasks()));
    }
    List<SplitScore> scores = new ArrayList<>();
    for (int task = 0; task < tasksSeen; task++) {
      if (scored.add(task)) {
        for (Split split : splits) {
          scores.add(SplitScore.of(task, split, score(task, split)));
        }
      }
    }
    return new Round(plan.round(), plan.weights(), members, scores);
  }

  private Round.Member trained(MemberTasks member, Predictions predictions) {
    List<SplitScore> alone = new ArrayList<>();
    Optional<String> continued = member.continued(method);
    if (continued.isPresent()) {
      member.tasks().forEach(ensembles::clear);
    }
    for (Block block : predictions.blocks()) {
      ensembles.add(block, weights.of(member, block.task()));
      alone.add(SplitScore.of(block.task(), block.split(), LabelledEnsemble.of(block).score()));
    }
    scored.removeAll(member.tasks());
    Round.Member trained =
        Round.Member.completed(
            member.id(),
            member.tasks(),
            member.tasks().stream().map(task -> weights.of(member, task)).toList(),
            alone);
    return continued.map(trained::continuing).orElse(trained);
  }

  /** Chance without a member: the ensemble then predicts uniformly. */
  private Score score(int task, Split split) {
    int classes = tasks.get(task).classes().size();
    return ensembles
        .of(task, split)
        .map(LabelledEnsemble::score)
        .orElse(new Score(1.0 / classes, Math.log(classes)));
  }
}

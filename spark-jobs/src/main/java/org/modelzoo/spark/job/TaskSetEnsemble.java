package org.modelzoo.spark.job;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;

/**
 * The ensemble over all tasks and splits, grown from members' stored predictions. Lives on the
 * driver; holds sums, not the members' outputs.
 */
final class TaskSetEnsemble {
  private final List<TaskConfig> tasks;
  private final double firstWeight;
  private final Map<Integer, Map<Split, Labelled>> byTask = new HashMap<>();

  /**
   * An ensemble without members.
   *
   * @param replayFraction r; under limited replay the first member of a task weighs 1/r, as
   *     published, because it is the only one that saw all of the task's images
   */
  TaskSetEnsemble(List<TaskConfig> tasks, double replayFraction) {
    this.tasks = tasks;
    this.firstWeight = 1 / replayFraction;
  }

  /** Adds the members of one round. */
  void add(List<Predictions> round) {
    Set<Integer> known = new HashSet<>(byTask.keySet());
    for (Predictions member : round) {
      for (Block block : member.blocks()) {
        double weight = known.contains(block.task()) ? 1 : firstWeight;
        byTask
            .computeIfAbsent(block.task(), task -> new EnumMap<>(Split.class))
            .computeIfAbsent(
                block.split(),
                split ->
                    new Labelled(
                        new TaskEnsemble(block.labels().length, block.classes()), block.labels()))
            .ensemble()
            .add(block.probabilities(), weight);
      }
    }
  }

  boolean hasMember(int task) {
    return byTask.containsKey(task);
  }

  /** Mean negative log of the probability of the true class; log(classes) without a member. */
  double loss(int task, Split split) {
    return hasMember(task)
        ? labelled(task, split).ensemble().loss(labelled(task, split).labels())
        : Math.log(tasks.get(task).classes().size());
  }

  /** Share of images whose most probable class is the true one; chance without a member. */
  double accuracy(int task, Split split) {
    return hasMember(task)
        ? labelled(task, split).ensemble().accuracy(labelled(task, split).labels())
        : 1.0 / tasks.get(task).classes().size();
  }

  private Labelled labelled(int task, Split split) {
    return byTask.get(task).get(split);
  }

  private record Labelled(TaskEnsemble ensemble, short[] labels) {}
}

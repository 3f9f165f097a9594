package org.modelzoo.spark.job;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
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
  private final ReplayWeights weights;
  private final Map<Integer, Map<Split, Labelled>> byTask = new HashMap<>();

  /** An ensemble without members. */
  TaskSetEnsemble(List<TaskConfig> tasks, ReplayWeights weights) {
    this.tasks = tasks;
    this.weights = weights;
  }

  void add(MemberTasks member, Predictions predictions) {
    for (Block block : predictions.blocks()) {
      byTask
          .computeIfAbsent(block.task(), task -> new EnumMap<>(Split.class))
          .computeIfAbsent(block.split(), split -> Labelled.like(block))
          .ensemble()
          .add(block.probabilities(), weights.of(member, block.task()));
    }
  }

  boolean hasMember(int task) {
    return byTask.containsKey(task);
  }

  /** Mean negative log of the probability of the true class; log(classes) without a member. */
  double loss(int task, Split split) {
    return hasMember(task)
        ? byTask.get(task).get(split).loss()
        : Math.log(tasks.get(task).classes().size());
  }

  /** Share of images whose most probable class is the true one; chance without a member. */
  double accuracy(int task, Split split) {
    return hasMember(task)
        ? byTask.get(task).get(split).accuracy()
        : 1.0 / tasks.get(task).classes().size();
  }

  /** An ensemble of one task and split, with the true labels. */
  record Labelled(TaskEnsemble ensemble, short[] labels) {
    /** Without a member yet, over the images that a member's block is about. */
    static Labelled like(Block block) {
      return new Labelled(new TaskEnsemble(block.labels().length, block.classes()), block.labels());
    }

    /** One member alone. */
    static Labelled of(Block block) {
      Labelled labelled = like(block);
      labelled.ensemble.add(block.probabilities(), 1);
      return labelled;
    }

    double loss() {
      return ensemble.loss(labels);
    }

    double accuracy() {
      return ensemble.accuracy(labels);
    }
  }
}

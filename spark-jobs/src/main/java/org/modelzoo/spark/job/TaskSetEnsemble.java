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
 * driver; holds sums, not the members' outputs. A task is scored again only after it got a member:
 * a round has members on a few tasks, and all tasks are asked for after each.
 */
final class TaskSetEnsemble {
  private final List<TaskConfig> tasks;
  private final ReplayWeights weights;
  private final Map<Integer, Map<Split, Labelled>> byTask = new HashMap<>();
  private final Map<Integer, Map<Split, Score>> scores = new HashMap<>();

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
      scores.remove(block.task());
    }
  }

  /** How well the ensemble does a task; the same object until the task gets another member. */
  Score score(int task, Split split) {
    return scores
        .computeIfAbsent(task, key -> new EnumMap<>(Split.class))
        .computeIfAbsent(split, key -> scoreNow(task, split));
  }

  private Score scoreNow(int task, Split split) {
    if (byTask.containsKey(task)) {
      return byTask.get(task).get(split).score();
    }
    int classes = tasks.get(task).classes().size();
    return new Score(Math.log(classes), 1.0 / classes);
  }

  /**
   * How well a task is done on the images of a split.
   *
   * @param loss mean negative log of the probability of the true class; log(classes) without a
   *     member
   * @param accuracy share of images whose most probable class is the true one; chance without a
   *     member
   */
  record Score(double loss, double accuracy) {}

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

    Score score() {
      return new Score(ensemble.loss(labels), ensemble.accuracy(labels));
    }
  }
}

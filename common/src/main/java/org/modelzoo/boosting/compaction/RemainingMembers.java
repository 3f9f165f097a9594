package org.modelzoo.boosting.compaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.modelzoo.boosting.Score;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.boosting.compaction.TaskOutputs.Output;

/**
 * A task's members during an elimination: what the task loses without each of them. Sums are kept,
 * so that a question costs one member's outputs, and answers too, until a member goes.
 */
final class RemainingMembers {
  private final TaskOutputs task;
  private final List<Output> left;
  private final Map<Integer, Score> lost = new HashMap<>();
  private double[] sums;
  private Score now;

  RemainingMembers(TaskOutputs task) {
    this.task = task;
    this.left = new ArrayList<>(task.outputs());
    addUp();
  }

  private void addUp() {
    sums = new double[task.labels().length * task.classes()];
    for (Output output : left) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += output.weight() * output.probabilities()[i];
      }
    }
    now = scoreLess(left.get(0).probabilities(), 0);
  }

  int size() {
    return left.size();
  }

  /** Takes a member out that is not the last one. */
  void remove(int member) {
    left.remove(output(member));
    // Added up anew: what is subtracted leaves its rounding behind.
    addUp();
    lost.clear();
  }

  private Output output(int member) {
    return left.stream().filter(output -> output.member() == member).findFirst().orElseThrow();
  }

  /** How much accuracy the task loses, and loss it gains, without a member that isn't the last. */
  Score lostWithout(int member) {
    return lost.computeIfAbsent(
        member,
        key -> {
          Output gone = output(member);
          Score without = scoreLess(gone.probabilities(), gone.weight());
          return new Score(now.accuracy() - without.accuracy(), without.loss() - now.loss());
        });
  }

  /** The score without so much of some outputs. */
  private Score scoreLess(float[] probabilities, double weight) {
    double weightLeft = left.stream().mapToDouble(Output::weight).sum() - weight;
    int classes = task.classes();
    int examples = task.labels().length;
    double correct = 0;
    double loss = 0;
    double[] row = new double[classes];
    for (int example = 0; example < examples; example++) {
      int likeliest = 0;
      for (int label = 0; label < classes; label++) {
        int i = example * classes + label;
        row[label] = sums[i] - weight * probabilities[i];
        likeliest = row[label] > row[likeliest] ? label : likeliest;
      }
      int truth = task.labels()[example];
      correct += likeliest == truth ? 1 : 0;
      loss -= StrictMath.log(Math.max(TaskEnsemble.LEAST_PROBABILITY, row[truth] / weightLeft));
    }
    return new Score(correct / examples, loss / examples);
  }
}

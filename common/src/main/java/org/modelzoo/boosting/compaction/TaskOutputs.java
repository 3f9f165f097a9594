package org.modelzoo.boosting.compaction;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.modelzoo.boosting.Score;
import org.modelzoo.boosting.TaskEnsemble;

/**
 * What the members of a zoo say on one task's images of one split. Runs on the driver.
 *
 * @param classes of the task
 * @param labels [examples], within the task
 * @param outputs of the members trained on the task, at least one, in the order in which the zoo
 *     adds them up
 */
public record TaskOutputs(int classes, short[] labels, List<Output> outputs) {
  /** Refuses a task without members or images. */
  public TaskOutputs {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty() || labels.length == 0) {
      throw new IllegalArgumentException("a task has members and images to score them on");
    }
  }

  /**
   * One member's.
   *
   * @param member its number in the zoo
   * @param weight in the zoo's ensemble of the task, above 0
   * @param probabilities [examples, classes], its softmax outputs
   */
  public record Output(int member, double weight, float[] probabilities) {}

  /** The numbers of the task's members. */
  List<Integer> members() {
    return outputs.stream().map(Output::member).toList();
  }

  /** The zoo's weights of some of the members. */
  SortedMap<Integer, Double> weights(Set<Integer> kept) {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    outputs.stream()
        .filter(output -> kept.contains(output.member()))
        .forEach(output -> weights.put(output.member(), output.weight()));
    return weights;
  }

  /** The score of an ensemble of some members with these weights. */
  Score score(SortedMap<Integer, Double> weights) {
    TaskEnsemble ensemble = new TaskEnsemble(labels.length, classes);
    outputs.stream()
        .filter(output -> weights.containsKey(output.member()))
        .forEach(output -> ensemble.add(output.probabilities(), weights.get(output.member())));
    return new Score(ensemble.accuracy(labels), ensemble.loss(labels));
  }
}

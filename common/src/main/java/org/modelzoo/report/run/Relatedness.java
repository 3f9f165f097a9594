package org.modelzoo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.modelzoo.run.Round;
import org.modelzoo.store.Predictions.Split;

/**
 * How much a task gained from being trained beside another one:
 *
 * <p>g(i, j) = mean of a_m(i) over the members m with i and j − mean of a_m(i) over those with i
 * and without j,
 *
 * <p>where a_m(i) is the test accuracy of member m alone on task i. Boosting chooses what stands
 * beside what, so it is an association and no experiment. Undefined where one of the two sets is
 * empty.
 */
public final class Relatedness {
  private final List<List<Trained>> byTask = new ArrayList<>();

  /**
   * Of the members of a run.
   *
   * @param tasks so many, the first ones, among which it is asked for
   */
  public Relatedness(ReportedRun run, int tasks) {
    for (int task = 0; task < Math.min(tasks, run.tasks().size()); task++) {
      byTask.add(new ArrayList<>());
    }
    run.history().ensembleMembers().forEach(this::add);
  }

  private void add(Round.Member member) {
    for (int task : Set.copyOf(member.tasks())) {
      if (task < byTask.size()) {
        member
            .score(task, Split.TEST)
            .ifPresent(
                alone -> byTask.get(task).add(new Trained(member.tasks(), alone.accuracy())));
      }
    }
  }

  /** A member's accuracy on one of its tasks. */
  private record Trained(List<Integer> tasks, double accuracy) {}

  /**
   * What task i gained beside task j.
   *
   * @param value as a share of the test images; above 0 where j helped
   * @param with members that it is the mean over
   * @param without members that these are compared with
   */
  public record Gain(int i, int j, double value, int with, int without) {}

  /** All gains that are defined. */
  public List<Gain> gains() {
    List<Gain> gains = new ArrayList<>();
    for (int i = 0; i < byTask.size(); i++) {
      for (int j = 0; j < byTask.size(); j++) {
        if (i != j) {
          addGain(gains, i, j);
        }
      }
    }
    return gains;
  }

  private void addGain(List<Gain> gains, int i, int j) {
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (Trained score : byTask.get(i)) {
      (score.tasks().contains(j) ? with : without).add(score.accuracy());
    }
    if (!with.isEmpty() && !without.isEmpty()) {
      gains.add(new Gain(i, j, mean(with) - mean(without), with.size(), without.size()));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}

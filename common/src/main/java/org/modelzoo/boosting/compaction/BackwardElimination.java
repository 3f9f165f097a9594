package org.modelzoo.boosting.compaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelzoo.boosting.Score;

/**
 * Takes members out of a zoo, one after another: each time the one without which the accuracy, the
 * mean over tasks, is highest, and of several such ones that without which the loss is lowest. A
 * task's last member stays. Greedy, so not all subsets are looked at. Runs on the driver.
 */
final class BackwardElimination {
  /** Accuracies are sums of shares; what differs by less is rounding. */
  private static final double SAME = 1e-12;

  private final Map<Integer, List<RemainingMembers>> tasksOf = new HashMap<>();

  private BackwardElimination(List<TaskOutputs> tasks) {
    for (TaskOutputs task : tasks) {
      RemainingMembers members = new RemainingMembers(task);
      task.members()
          .forEach(
              member -> tasksOf.computeIfAbsent(member, key -> new ArrayList<>()).add(members));
    }
  }

  /**
   * The members left after each step.
   *
   * @param tasks what the members say on the images to choose by
   * @return all members first, and in each further set one less
   */
  static List<MemberSet> of(List<TaskOutputs> tasks) {
    BackwardElimination elimination = new BackwardElimination(tasks);
    MemberSet left = MemberSet.of(elimination.tasksOf.keySet());
    List<MemberSet> sizes = new ArrayList<>();
    sizes.add(left);
    Optional<Integer> next = elimination.next(left);
    while (next.isPresent()) {
      int gone = next.get();
      elimination.tasksOf.get(gone).forEach(task -> task.remove(gone));
      left = left.without(gone);
      sizes.add(left);
      next = elimination.next(left);
    }
    return sizes;
  }

  private Optional<Integer> next(MemberSet left) {
    List<Loss> losses =
        left.stream()
            .filter(member -> tasksOf.get(member).stream().allMatch(task -> task.size() > 1))
            .map(this::without)
            .toList();
    double least = losses.stream().mapToDouble(Loss::accuracy).min().orElse(0);
    return losses.stream()
        .filter(loss -> loss.accuracy() <= least + SAME)
        .min(Comparator.comparingDouble(Loss::likelihood))
        .map(Loss::member);
  }

  private Loss without(int member) {
    double accuracy = 0;
    double likelihood = 0;
    for (RemainingMembers task : tasksOf.get(member)) {
      Score lost = task.lostWithout(member);
      accuracy += lost.accuracy();
      likelihood += lost.loss();
    }
    return new Loss(member, accuracy, likelihood);
  }

  /** What all tasks together lose without a member; below 0 where they gain. */
  private record Loss(int member, double accuracy, double likelihood) {}
}

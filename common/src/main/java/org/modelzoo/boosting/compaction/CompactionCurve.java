package org.modelzoo.boosting.compaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.modelzoo.boosting.Score;

/**
 * A zoo in every size from all its members to one that can't be made smaller, from stored outputs:
 * nothing is trained, and no network runs. Members go by {@link BackwardElimination}; those left
 * are weighted by {@link MixtureWeights} on the same images, and a task where that would cost
 * accuracy keeps the zoo's own weights. Runs on the driver.
 *
 * @param sizes the largest first, each with one member less than the one before
 */
public record CompactionCurve(List<ZooSize> sizes) {
  public CompactionCurve {
    sizes = List.copyOf(sizes);
  }

  /**
   * Computes it.
   *
   * @param chooseBy outputs of all members on the images to choose by, of every task that has a
   *     member
   * @param test outputs of the same members on the test images of the same tasks; reported, never
   *     chosen by
   * @param bytes of each member's model, by its number
   */
  public static CompactionCurve of(
      List<TaskOutputs> chooseBy, List<TaskOutputs> test, List<Long> bytes) {
    List<ZooSize> sizes = new ArrayList<>();
    SizedTask[] tasks = new SizedTask[chooseBy.size()];
    for (MemberSet members : BackwardElimination.of(chooseBy)) {
      for (int task = 0; task < tasks.length; task++) {
        if (tasks[task] == null || !members.containsAll(tasks[task].averaged().keySet())) {
          SortedMap<Integer, Double> averaged = chooseBy.get(task).weights(members);
          tasks[task] = SizedTask.of(chooseBy.get(task), test.get(task), averaged);
        }
      }
      sizes.add(size(members, List.of(tasks), bytes));
    }
    return new CompactionCurve(sizes);
  }

  private static ZooSize size(MemberSet members, List<SizedTask> tasks, List<Long> bytes) {
    return new ZooSize(
        members,
        members.stream().mapToLong(bytes::get).sum(),
        tasks.stream().mapToInt(task -> task.averaged().size()).max().orElseThrow(),
        tasks.stream().map(SizedTask::weighted).toList(),
        mean(tasks, SizedTask::chosenOn),
        mean(tasks, SizedTask::averagedOn),
        mean(tasks, SizedTask::test),
        mean(tasks, SizedTask::averagedTest));
  }

  private static Score mean(List<SizedTask> tasks, Function<SizedTask, Score> score) {
    return Score.mean(tasks.stream().map(score).toList());
  }

  /** The whole zoo. */
  public ZooSize whole() {
    return sizes.get(0);
  }

  /** The one with fewest members. */
  public ZooSize smallest() {
    return sizes.get(sizes.size() - 1);
  }

  /** The smallest one that is at least as accurate as the whole zoo with its own weights. */
  public ZooSize smallestAsGood() {
    return sizes.stream()
        .filter(size -> size.chosenOn().accuracy() >= whole().averagedOn().accuracy())
        .min(Comparator.comparingInt(size -> size.members().size()))
        .orElseThrow();
  }

  /** The most accurate one within a budget, and of equals the smallest; empty if none is. */
  public Optional<ZooSize> best(Budget budget) {
    return sizes.stream()
        .filter(budget::allows)
        .max(
            Comparator.comparingDouble((ZooSize size) -> size.chosenOn().accuracy())
                .thenComparing(size -> size.members().size(), Comparator.reverseOrder()));
  }
}

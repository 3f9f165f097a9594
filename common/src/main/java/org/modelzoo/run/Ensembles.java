package org.modelzoo.run;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;

/**
 * The ensembles of all tasks, grown from members' stored predictions. Holds sums, not the members'
 * outputs. Lives on the driver; one thread at a time.
 */
public final class Ensembles {
  private final Map<Integer, Map<Split, LabelledEnsemble>> byTask = new TreeMap<>();

  /** Ensembles without members. */
  public Ensembles() {}

  /**
   * The ensembles of some tasks on one split after the last round of a run, by task; a task without
   * a member is not there. Members of none of the tasks are not read, and one whose predictions are
   * damaged or missing is left out.
   */
  public static Map<Integer, LabelledEnsemble> read(
      RunDirectory run, RunHistory history, Set<Integer> tasks, Split split) {
    MemberStore store = new MemberStore(run);
    Ensembles ensembles = new Ensembles();
    for (Round.Member member : history.ensembleMembers()) {
      if (Collections.disjoint(tasks, member.tasks())) {
        continue;
      }
      Optional<Predictions> predictions = store.findPredictions(member.id()).record();
      for (Block block : predictions.map(Predictions::blocks).orElse(List.of())) {
        if (block.split() == split && tasks.contains(block.task())) {
          ensembles.add(block, member.weight(block.task()));
        }
      }
    }
    Map<Integer, LabelledEnsemble> found = new TreeMap<>();
    ensembles.byTask.forEach((task, bySplit) -> found.put(task, bySplit.get(split)));
    return found;
  }

  /**
   * Adds a member's outputs on one task and split.
   *
   * @param weight of the member's head in the ensemble of the task
   */
  void add(Block block, double weight) {
    byTask
        .computeIfAbsent(block.task(), task -> new EnumMap<>(Split.class))
        .computeIfAbsent(block.split(), split -> LabelledEnsemble.like(block))
        .ensemble()
        .add(block.probabilities(), weight);
  }

  /** Takes out the members of a task. */
  void clear(int task) {
    byTask.remove(task);
  }

  /** The ensemble of a task on a split; empty where no member has predictions for them. */
  Optional<LabelledEnsemble> of(int task, Split split) {
    return Optional.ofNullable(byTask.getOrDefault(task, Map.of()).get(split));
  }
}

package org.modelzoo.report.run;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.modelzoo.boosting.MemberTasks;
import org.modelzoo.boosting.ReplayWeights;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.config.Method;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.Predictions;
import org.modelzoo.store.Predictions.Block;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RoundFile;

/** What the ensemble says of each test image, from the members' stored predictions. */
final class EnsembleGuesses {
  private final ReportedRun run;
  private final boolean continual;
  private final ReplayWeights weights;
  private final Set<Integer> tasks;
  private final Map<Integer, Guesses> byTask = new HashMap<>();

  private EnsembleGuesses(ReportedRun run, ZooConfig zoo, Set<Integer> tasks) {
    this.run = run;
    this.tasks = tasks;
    this.continual = run.method() == Method.ZOO && zoo.mode() == ZooConfig.Mode.CONTINUAL;
    this.weights = ReplayWeights.of(run.method(), zoo);
  }

  /**
   * Test images of a task.
   *
   * @param labels the true ones
   */
  record Guesses(TaskEnsemble ensemble, int classes, short[] labels) {}

  /**
   * By task; tasks without a member are not there.
   *
   * @param tasks that are asked for; members that have none of them are not read
   */
  static Map<Integer, Guesses> of(ReportedRun run, ZooConfig zoo, Set<Integer> tasks)
      throws IOException {
    EnsembleGuesses guesses = new EnsembleGuesses(run, zoo, tasks);
    for (RoundFile round : run.rounds()) {
      guesses.add(round);
    }
    return guesses.byTask;
  }

  private void add(RoundFile round) throws IOException {
    MemberStore store = new MemberStore(run.directory());
    List<RoundFile.Member> members = round.members();
    for (int i = 0; i < members.size(); i++) {
      RoundFile.Member member = members.get(i);
      if (member.diverged() || Collections.disjoint(tasks, member.tasks())) {
        continue;
      }
      Optional<Predictions> predictions = store.findPredictions(member.id()).record();
      if (predictions.isEmpty()) {
        continue;
      }
      OptionalInt newTask = continual ? OptionalInt.of(round.round()) : OptionalInt.empty();
      add(new MemberTasks(round.round(), i, member.tasks(), newTask), predictions.get());
    }
  }

  private void add(MemberTasks member, Predictions predictions) {
    for (Block block : predictions.blocks()) {
      if (block.split() == Split.TEST && tasks.contains(block.task())) {
        byTask
            .computeIfAbsent(
                block.task(),
                task ->
                    new Guesses(
                        new TaskEnsemble(block.labels().length, block.classes()),
                        block.classes(),
                        block.labels()))
            .ensemble()
            .add(block.probabilities(), weights.of(member, block.task()));
      }
    }
  }
}

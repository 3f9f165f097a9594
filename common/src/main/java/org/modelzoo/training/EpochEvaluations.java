package org.modelzoo.training;

import java.util.ArrayList;
import java.util.List;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.Predictions.Split;

/**
 * How well a member does the test images of its tasks after every few epochs, as {@code
 * training.evaluate-every} says. Decides nothing, and touches nothing that training depends on.
 */
final class EpochEvaluations {
  private final int every;
  private final MemberTrainer trainer;
  private final MemberListener listener;
  private final List<MemberFile.Evaluation> all = new ArrayList<>();

  /**
   * @param every epochs between two evaluations; 0 for none
   * @param trainer whose network is evaluated
   */
  EpochEvaluations(int every, MemberTrainer trainer, MemberListener listener) {
    this.every = every;
    this.trainer = trainer;
    this.listener = listener;
  }

  /** Takes over those of a checkpoint. */
  void restore(List<MemberFile.Evaluation> before) {
    all.addAll(before);
  }

  /**
   * Evaluates if it is time.
   *
   * @param epochs done so far
   */
  void after(int epochs) {
    if (every == 0 || epochs % every != 0) {
      return;
    }
    List<TaskScore> scores =
        trainer.predict(List.of(Split.TEST)).blocks().stream().map(TaskScore::of).toList();
    if (!scores.stream().allMatch(score -> Double.isFinite(score.loss()))) {
      return; // The network outputs no numbers any more: training will say so.
    }
    MemberFile.Evaluation evaluation =
        new MemberFile.Evaluation(
            epochs,
            scores.stream().map(TaskScore::loss).toList(),
            scores.stream().map(TaskScore::accuracy).toList());
    all.add(evaluation);
    listener.evaluated(evaluation, (long) epochs * trainer.imagesPerEpoch());
  }

  /** All so far, those before a checkpoint included. */
  List<MemberFile.Evaluation> all() {
    return List.copyOf(all);
  }
}

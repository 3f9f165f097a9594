package org.modelzoo.run;

import org.modelzoo.boosting.Score;
import org.modelzoo.boosting.TaskEnsemble;
import org.modelzoo.store.Predictions.Block;

/**
 * An ensemble on the images of one task and split, with the true labels.
 *
 * @param classes of the task
 * @param labels [examples], within the task
 */
public record LabelledEnsemble(TaskEnsemble ensemble, int classes, short[] labels) {
  /** Without a member yet, over the images that a member's block is about. */
  static LabelledEnsemble like(Block block) {
    return new LabelledEnsemble(
        new TaskEnsemble(block.labels().length, block.classes()), block.classes(), block.labels());
  }

  /** One member alone. */
  static LabelledEnsemble of(Block block) {
    LabelledEnsemble alone = like(block);
    alone.ensemble.add(block.probabilities(), 1);
    return alone;
  }

  Score score() {
    return new Score(ensemble.accuracy(labels), ensemble.loss(labels));
  }
}

package org.modelzoo.training;

import org.modelzoo.store.MemberFile;

/** Hears of a member in training, where it is trained. */
@FunctionalInterface
public interface MemberListener {
  /** How far it is, a few times a second and at the end of each epoch. */
  void progress(MemberProgress progress);

  /**
   * It was evaluated after an epoch.
   *
   * @param images trained on so far
   */
  default void evaluated(MemberFile.Evaluation evaluation, long images) {}
}

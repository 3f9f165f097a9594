package org.modelzoo.training;

/**
 * Hears how far a member is, on the executor, a few times a second and at the end of each epoch.
 */
@FunctionalInterface
public interface MemberListener {
  void progress(MemberProgress progress);
}

package org.modelzoo.training;

/** Hears how far a member is, on the executor, at most a few times a second. */
@FunctionalInterface
public interface MemberListener {
  void progress(MemberProgress progress);
}

package org.modelzoo.training;

import java.io.Serializable;

/**
 * A part of a member's training: from one number of epochs to another, within the learning-rate
 * schedule of the whole.
 *
 * @param member the whole; its only split is the one to evaluate on
 * @param from epochs done before
 * @param until epochs done at the end
 * @param limitMillis that the member may train, from its first epoch on; 0: no limit
 */
public record RungPlan(MemberPlan member, int from, int until, long limitMillis)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public RungPlan {
    if (from < 0 || until <= from || until > member.training().epochs()) {
      throw new IllegalArgumentException(
          "epochs %d to %d of %d".formatted(from, until, member.training().epochs()));
    }
  }
}

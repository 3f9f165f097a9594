package org.modelzoo.training;

import java.io.Serializable;
import java.util.List;

/** What became of a part of a member's training. Crosses from executor to driver. */
public sealed interface RungOutcome extends Serializable {
  /** Images trained on in this part. */
  long images();

  /** Wall time of this part on its executor. */
  double seconds();

  /**
   * Trained to its end and evaluated; the member's checkpoint is there.
   *
   * @param scores one for each task of the member
   * @param remarks for the user
   */
  record Finished(List<TaskScore> scores, long images, double seconds, List<String> remarks)
      implements RungOutcome {
    private static final long serialVersionUID = 1L;
  }

  /** The member's time is used up. */
  record OutOfTime(long images, double seconds) implements RungOutcome {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Ended without a result.
   *
   * @param why diverged, failed or cancelled
   */
  record Ended(MemberOutcome why, long images, double seconds) implements RungOutcome {
    private static final long serialVersionUID = 1L;
  }
}

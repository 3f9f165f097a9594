package org.modelzoo.spark.job;

import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.training.MemberOutcome;

/**
 * What ends a run: a member's failure as the one clear message the user sees. Made on the driver.
 */
public final class MemberFailure {
  private MemberFailure() {}

  /**
   * The error of a member that was not trained to the end.
   *
   * @param member as the user should see it named
   * @return (training) if it diverged, of its own kind if it failed, (cluster) if it was cancelled
   */
  public static ModelZooException of(String member, MemberOutcome outcome) {
    if (outcome instanceof MemberOutcome.Diverged diverged) {
      return new ModelZooException(
          ErrorKind.TRAINING,
          member + " " + diverged.message() + " in a new run (--fresh); what was finished is kept");
    }
    if (outcome instanceof MemberOutcome.Failed failed) {
      return new ModelZooException(
          failed.kind(), member + ": " + failed.message(), new RemoteTrace(failed.trace()));
    }
    return new ModelZooException(
        ErrorKind.CLUSTER, member + " was cancelled; run the same command to continue");
  }

  /** Carries an executor's stack trace to the driver's {@code --stacktrace}. */
  private static final class RemoteTrace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RemoteTrace(String trace) {
      super("on the executor: " + trace, null, false, false);
    }
  }
}

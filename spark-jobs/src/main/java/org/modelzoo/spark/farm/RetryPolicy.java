package org.modelzoo.spark.farm;

import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/**
 * What is tried again, by whom and how often. Trying again does no harm: a unit finds what it has
 * written, or does the same again.
 *
 * <ul>
 *   <li><b>A task that ends with an exception or is lost with its executor</b> is started again by
 *       Spark, {@code spark.task.maxFailures} times in all (once in local mode; losses that Spark
 *       doesn't blame on the task don't count); then the farm gives its unit up with an error of
 *       the cluster. Units answer with their failures instead of throwing them (see {@code
 *       MemberFailures}), and an executor that must not run a unit answers too, so that Spark
 *       repeats neither.
 *   <li><b>A unit or job that hangs</b>, which is on an executor for longer than {@code
 *       cluster.member-time-limit}, is cancelled and started again by the farm, {@code
 *       cluster.member-attempts} times in all; then it ends with an error of the cluster.
 *   <li><b>A member of a run</b> is not tried again: any failure ends the run, and the same command
 *       continues it. One that diverged is left out of the ensemble where others of its round
 *       remain.
 *   <li><b>A rung of a search</b> that ends with an error of the cluster is started again by the
 *       search, {@code search.attempts} times in all, each time with the attempts above. Then, and
 *       at once with any other error, it is open whether trial or cluster is to blame; where as
 *       many rungs are open and none has succeeded since, it is the cluster, and the search ends.
 *       One that diverged or took too long has ended with that result.
 * </ul>
 *
 * <p>The cluster's are all errors of kind {@link ErrorKind#CLUSTER}: what the farm gave up, what
 * was cancelled, and of the failures that units answer, those of memory and of the run directory.
 * The member's own are data, configuration and divergence; the rest are bugs. When nothing has run
 * for {@code cluster.executor-time-limit}, or Spark has stopped, all is given up and nothing tried
 * again.
 *
 * @param attempts how often something is started
 */
public record RetryPolicy(int attempts) {
  /** Whether so many failures leave no attempt. */
  public boolean isExhausted(int failures) {
    return failures >= attempts;
  }

  /**
   * Whether an error, the last of so many failures, is the cluster's and another attempt follows.
   */
  public boolean retries(ModelZooException error, int failures) {
    return error.kind() == ErrorKind.CLUSTER && !isExhausted(failures);
  }
}

package org.modelzoo.spark.farm;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CallSite;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.RunEvent.ClusterNote;

/**
 * Runs Spark jobs under the farm's limits, each in a named job group of its own, and again by the
 * {@link RetryPolicy} if they hang. Lives on the driver; thread-safe.
 */
final class Attempts {
  private final JavaSparkContext spark;
  private final FarmLimits limits;
  private final UnitWatch watch;
  private volatile boolean closed;

  Attempts(JavaSparkContext spark, FarmLimits limits, UnitWatch watch) {
    this.spark = spark;
    this.limits = limits;
    this.watch = watch;
  }

  /**
   * Runs a job.
   *
   * @param id names its group; unique within the run
   * @param description one line for Spark's UI
   * @param job submitted to Spark by the calling thread
   * @throws ModelZooException the job's own; (cluster) when the cluster gave it up, it hung in
   *     every attempt, or all was closed
   */
  <R> R run(String id, String description, Callable<R> job) {
    for (int attempt = 1; ; attempt++) {
      if (closed) {
        throw clusterError(id, null);
      }
      // A group of its own, so that what ends one attempt leaves the next one alone.
      String group = attempt == 1 ? id : id + ", attempt " + attempt;
      R result = null;
      Throwable error = null;
      try {
        watch.opened(group);
        spark.setJobGroup(group, description, true);
        // Both forms: where one is missing, Spark reads the stack for it.
        spark.sc().setCallSite(new CallSite(id, description));
        result = job.call();
      } catch (Throwable e) { // Spark throws checked exceptions that it doesn't declare.
        error = e;
      } finally {
        spark.clearJobGroup();
        spark.clearCallSite();
      }
      Optional<RunningUnit> hung = watch.closed(group);
      if (error == null) {
        return result;
      }
      if (error instanceof ModelZooException known) {
        throw known;
      }
      if (!closed) {
        watch.throwIfAborted();
      }
      if (closed || hung.isEmpty()) {
        throw clusterError(id, error);
      }
      requireAnotherAttempt(id, hung.get(), attempt, error);
    }
  }

  private void requireAnotherAttempt(String id, RunningUnit hung, int attempt, Throwable error) {
    String what =
        "%s ran on %s for more than %s (cluster.member-time-limit)"
            .formatted(id, hung.place(), Durations.text(limits.unitTime()));
    if (limits.retries().isExhausted(attempt)) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          what
              + " in attempt %d of %d; look at that executor's log, raise the limit if members take that long, and run the same command to continue"
                  .formatted(attempt, limits.retries().attempts()),
          error);
    }
    watch.say(
        ClusterNote.Kind.RETRY,
        what
            + " and was ended; attempt %d of %d follows"
                .formatted(attempt + 1, limits.retries().attempts())
            + (spark.isLocal() ? ". If it does not stop, its slot stays busy until the end" : ""));
  }

  /** What whoever waits for a unit hears of an error that is not its own. */
  ModelZooException clusterError(String id, Throwable error) {
    if (closed) {
      return new ModelZooException(
          ErrorKind.CLUSTER, id + " was cancelled; run the same command to continue", error);
    }
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "Spark could not complete %s: %s; finished members are kept, run the same command to continue"
            .formatted(id, String.valueOf(error.getMessage()).lines().findFirst().orElse("")),
        error);
  }

  boolean areClosed() {
    return closed;
  }

  /** From now on nothing is started, and what ends with an error was cancelled. */
  void close() {
    closed = true;
  }
}

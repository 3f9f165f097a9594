package org.modelzoo.spark.farm;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The one door to the cluster: takes units of work, gives futures; or a job's own work of many
 * tasks. Lives on the driver.
 */
public interface Farm extends AutoCloseable {
  /**
   * Queues a unit; it runs as soon as a slot is free and it is its pool's turn.
   *
   * @return its result, or a {@link org.modelzoo.base.ModelZooException} (cluster) when the cluster
   *     gave the unit up
   */
  <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit);

  /**
   * Runs Spark jobs of any number of tasks under the farm's limits, beside its units: one that
   * hangs is started again, and one for which there is no slot doesn't wait for ever. They take as
   * many slots as Spark gives them.
   *
   * @param id names their job group; unique within the run
   * @param description one line for Spark's UI
   * @param work runs them on the calling thread; running them again must do no harm
   * @throws org.modelzoo.base.ModelZooException (cluster) when the cluster gave them up, or the
   *     work's own
   * @throws UnsupportedOperationException where there is no Spark behind the farm
   */
  default <R> R runJob(String id, String description, SparkWork<R> work) {
    throw new UnsupportedOperationException("there is no Spark behind this farm");
  }

  /**
   * Opens a job's share. Jobs that have units waiting get time on the slots in proportion to their
   * weights; what one leaves free is the others'.
   *
   * @param job its name, also that of Spark's pool; must not be another one's
   * @param weight at least 1, in relation to the others'
   * @return the job's door to the cluster; closing it does nothing, as that is this farm's to do
   * @throws UnsupportedOperationException where the slots can't be shared
   */
  default Farm share(String job, int weight) {
    throw new UnsupportedOperationException("this farm is one job's alone");
  }

  /**
   * The farm for members of another size than the application's. Where Spark can't run tasks of
   * several sizes, it says so once and its members take what those of the application take.
   */
  default Farm sized(MemberSize size) {
    return this;
  }

  /** Units that can run at the same time on what the cluster has now; at least 1. */
  int slots();

  /** Cancels what is queued or running and waits for nothing. */
  @Override
  void close();

  /**
   * Work of many tasks.
   *
   * @param <R> what it gives
   */
  @FunctionalInterface
  interface SparkWork<R> {
    /** Does the work, on the driver, through a Spark context. */
    R run(JavaSparkContext spark) throws Exception;
  }
}

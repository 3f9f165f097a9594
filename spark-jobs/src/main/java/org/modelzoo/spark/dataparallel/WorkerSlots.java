package org.modelzoo.spark.dataparallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.farm.ClusterSlots;

/** Sees to it that all workers of a member can train at the same time. Runs on the driver. */
final class WorkerSlots {
  /** Spark's own limit on waiting for executors at its start. */
  private static final String LIMIT = "spark.scheduler.maxRegisteredResourcesWaitingTime";

  /** Spark's default, 30 s, is short for executors on a busy cluster: here nothing goes without. */
  private static final String LIMIT_IF_NOT_SET = "120s";

  private final JavaSparkContext spark;
  private final ClusterSlots slots;
  private final SparkConf settings;

  WorkerSlots(JavaSparkContext spark) {
    this.spark = spark;
    this.slots = new ClusterSlots(spark);
    this.settings = spark.getConf();
  }

  /**
   * Waits for executors that are still starting, as long as Spark is told to, or two minutes.
   *
   * @throws ModelZooException (cluster) if there aren't enough slots then
   */
  void require(int workers) {
    long limit = settings.getTimeAsSeconds(LIMIT, LIMIT_IF_NOT_SET);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limit);
    int found = slots.count();
    while (found < workers && System.nanoTime() < deadline && !spark.sc().isStopped()) {
      pause();
      found = slots.count();
    }
    if (found < workers) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "training.data-parallel.workers is %d, and the cluster has %d slots of %d cores after %d seconds; lower it, add executors, or raise %s if they come later"
              .formatted(workers, found, slots.coresPerTask(), limit, LIMIT));
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for executors");
    }
  }
}

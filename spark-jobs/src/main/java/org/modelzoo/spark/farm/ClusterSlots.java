package org.modelzoo.spark.farm;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;

/**
 * The slots of the cluster: how many of this application's tasks can run at the same time. Lives on
 * the driver.
 */
public final class ClusterSlots {
  private static final int MOST_EXECUTORS_IF_NOT_SET = 256;

  private final JavaSparkContext spark;
  private final SparkConf settings;

  /** The slots of a session's cluster. */
  public ClusterSlots(JavaSparkContext spark) {
    this.spark = spark;
    this.settings = spark.getConf(); // A copy, dear when asked for at every unit.
  }

  /**
   * The slots of the executors that are there now, by Spark's scheduler, which knows their cores
   * and GPUs; 0 while there are none. With dynamic allocation those that Spark may have, because
   * executors are asked for only while jobs wait for them. What {@code spark.default.parallelism}
   * says is about partitions of data sets and doesn't matter.
   */
  public int count() {
    if (settings.getBoolean("spark.dynamicAllocation.enabled", false)) {
      long executors =
          settings.getInt("spark.dynamicAllocation.maxExecutors", MOST_EXECUTORS_IF_NOT_SET);
      long slots = executors * settings.getInt("spark.executor.cores", 1) / coresPerTask();
      return (int) Math.min(slots, Integer.MAX_VALUE);
    }
    return count(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  /** The slots of the executors that are there now for tasks of a size. */
  int count(ResourceProfile profile) {
    return spark.sc().maxNumConcurrentTasks(profile);
  }

  /** Cores that each task takes. */
  public int coresPerTask() {
    return settings.getInt("spark.task.cpus", 1);
  }
}

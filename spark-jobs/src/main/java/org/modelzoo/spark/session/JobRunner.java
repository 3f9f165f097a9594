package org.modelzoo.spark.session;

import org.apache.spark.SparkConf;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.Job;

/**
 * The way of every job through Spark: its place is opened, so that Spark doesn't start for one that
 * another driver works on; natives load while Spark starts; the job gets a farm, and is ended in
 * order where the process is told to end. Runs on the driver.
 */
public final class JobRunner {
  private JobRunner() {}

  /**
   * Does a job.
   *
   * @param spark settings, see {@link SparkApplication#settings}
   * @param listener hears all that happens
   * @throws org.modelzoo.base.ModelZooException (cluster) if its place can't be opened or Spark
   *     doesn't start; the job's own
   */
  public static void run(Job job, SparkConf spark, RunListener listener) {
    ClusterConfig cluster = job.config().cluster();
    try (job) {
      job.open(listener);
      EarlyNatives.load(spark);
      try (SparkApplication application =
              SparkApplication.start(spark, listener, cluster.executorTimeLimit());
          Farm farm = application.farm(cluster, listener)) {
        job.inApplication(application.context().sc().applicationId());
        BeforeSparkEnds.run(job::stop, () -> job.run(farm, listener));
      }
    }
  }
}

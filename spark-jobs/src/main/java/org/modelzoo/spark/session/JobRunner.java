package org.modelzoo.spark.session;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.EngineChoice;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.Precision;
import org.modelzoo.network.Device;
import org.modelzoo.network.Engines;
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
    requireEngine(job.config(), spark);
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

  /**
   * Where members train in this process, what they need can be known before anything starts.
   * Deeplearning4j is always here; its natives load beside Spark.
   */
  private static void requireEngine(ModelZooConfig config, SparkConf spark) {
    if (SparkApplication.isLocal(spark)) {
      EngineChoice choice = config.network().engine();
      Precision precision = config.training().precision();
      int threads = config.cluster().threadsPerMember();
      boolean onCard = config.cluster().gpusPerMember() > 0;
      Device device = onCard ? new Device(0, threads) : Device.processor(threads);
      if (onCard || Engines.settled(choice, precision).equals(Optional.of(EngineChoice.TORCH))) {
        Engines.choose(choice, device, precision);
      }
    }
  }
}

package org.modelzoo.spark.farm;

import org.apache.spark.SparkEnv;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.network.PoisonedDeviceException;

/** What a task does whose graphics card is lost to its process. Runs on executors. */
public final class LostDevice {
  /** Spark's name for the executor inside a driver, which local masters have. */
  static final String LOCAL_EXECUTOR = "driver";

  private LostDevice() {}

  /**
   * Ends the executor by an error of the kind that Spark ends executors for, so that the cluster
   * brings another one and Spark starts the task again there. In local mode the executor is the
   * driver, and the run ends.
   *
   * @return (cluster) for the user, in local mode
   */
  public static ModelZooException of(PoisonedDeviceException error) {
    return of(error, SparkEnv.get().executorId());
  }

  static ModelZooException of(PoisonedDeviceException error, String executor) {
    if (!executor.equals(LOCAL_EXECUTOR)) {
      throw new InternalError(
          "the graphics card of executor %s is lost to its process, which ends: %s"
              .formatted(executor, error.getMessage()),
          error);
    }
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "the graphics card is lost to this process: %s; finished members are kept, run the same command to continue. If it happens again, look at the card with nvidia-smi and dmesg, or train on processors with cluster.gpus-per-member = 0"
            .formatted(error.getMessage()),
        error);
  }
}

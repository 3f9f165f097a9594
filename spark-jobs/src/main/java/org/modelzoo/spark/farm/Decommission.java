package org.modelzoo.spark.farm;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * Spark's decommissioning of an executor: of a node that is taken away, or of an executor that
 * dynamic allocation gives back. Spark tells the executor, starts nothing more there, and ends its
 * process once the tasks on it have ended.
 */
public final class Decommission {
  private volatile boolean noticed;

  Decommission() {}

  /**
   * Asks Spark for notices, and for executors that end within a second of their last task, unless
   * the application is set otherwise.
   */
  public static void add(SparkConf conf) {
    conf.setIfMissing("spark.decommission.enabled", "true");
    // Of all that Spark does then, only its block manager tells that it knows.
    conf.setIfMissing("spark.storage.decommission.enabled", "true");
    conf.setIfMissing("spark.storage.decommission.replicationReattemptInterval", "1s");
  }

  /** Whether this executor is to leave; who asks acts on the answer. Runs on the executor. */
  boolean hasBegun() {
    noticed = noticed || SparkEnv.get().blockManager().decommissioner().isDefined();
    return noticed;
  }

  /** Whether a unit was told so. */
  boolean wasNoticed() {
    return noticed;
  }
}

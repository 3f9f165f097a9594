package org.modelzoo.spark.farm;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * Spark's decommissioning of an executor: of a node that is taken away, or of an executor that
 * dynamic allocation gives back. Spark tells the executor, starts nothing more there, and ends its
 * process once the tasks on it have ended.
 */
public final class Departure {
  private volatile boolean known;

  Departure() {}

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

  /** Whether this executor is to leave; whoever asks acts on it. Runs on the executor. */
  boolean isNear() {
    known = known || SparkEnv.get().blockManager().decommissioner().isDefined();
    return known;
  }

  /** Whether somebody was told. */
  boolean isKnown() {
    return known;
  }
}

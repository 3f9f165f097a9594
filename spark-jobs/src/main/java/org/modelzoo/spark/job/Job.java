package org.modelzoo.spark.job;

import java.util.Optional;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * What one configuration file asks for, be it a training, a sweep or a search, among others on one
 * farm. Made and checked on the driver before Spark starts.
 */
public interface Job {
  /** Its name in progress and in Spark's pages. */
  String name();

  /** Its configuration; of several experiments, the first one's. */
  ModelZooConfig config();

  /** How it wants the cluster, its weight included. */
  default ClusterConfig cluster() {
    return config().cluster();
  }

  /** Which trackers it wants. */
  default TrackersConfig trackers() {
    return config().trackers();
  }

  /** Where it is done, by one driver at a time. */
  RunDirectory directory();

  /** Whether nothing is left to train. */
  boolean isFinished();

  /**
   * Trains what is missing.
   *
   * @param lease of the directory
   * @throws ModelZooException if it can't be finished; what others on the farm do isn't touched
   */
  void run(RunLease lease, Farm farm, RunListener listener);

  /** Ends {@link #run} in order, from another thread; only where that takes more than dying. */
  default void stop() {}

  /** What failed for good, now or in an earlier command, beside what {@link #run} throws. */
  Optional<ModelZooException> failure();

  /** The results so far, as lines for a terminal. */
  String results();
}

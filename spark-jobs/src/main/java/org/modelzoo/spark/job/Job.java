package org.modelzoo.spark.job;

import java.util.Optional;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;

/**
 * What one command asks of the cluster, be it a training, a sweep, a search, an evaluation, a
 * prediction or several of them at once. It is planned and checked when it is made, before Spark
 * starts; {@link #open} makes the place of its results ready; {@link #run} does the work; {@link
 * #close} leaves that place. Lives on the driver.
 */
public interface Job extends AutoCloseable {
  /** Its name in progress and in Spark's pages. */
  String name();

  /** Its configuration, which says how it wants the cluster; of several, the first one's. */
  ModelZooConfig config();

  /** Whether nothing is left to do. */
  boolean isFinished();

  /**
   * Makes the place of its results ready, before Spark starts.
   *
   * @param listener hears of waiting, and of the directory that is this driver's now
   * @throws ModelZooException (cluster) if another driver works there, or it can't be written
   */
  void open(RunListener listener);

  /**
   * Tells who looks at its place in which Spark application it is done.
   *
   * @param id Spark's
   */
  default void inApplication(String id) {}

  /**
   * Does what is missing, once it is open.
   *
   * @throws ModelZooException if it can't be finished; what others on the farm do isn't touched
   */
  void run(Farm farm, RunListener listener);

  /** Ends {@link #run} in order, from another thread; only where that takes more than dying. */
  default void stop() {}

  /** What failed, now or in an earlier command, beside what {@link #run} throws. */
  default Optional<ModelZooException> failure() {
    return Optional.empty();
  }

  /** The results so far with their place, as lines for a terminal. */
  String results();

  /** Leaves the place of the results to others, if it was opened. */
  @Override
  void close();
}

package org.modelzoo.spark.farm;

import java.io.Serializable;

/**
 * One piece of work for one slot of the cluster. Made on the driver, run on an executor, possibly
 * more than once: running it again must do no harm. Failures are results, not exceptions.
 *
 * @param <R> what comes back; small, because files carry the rest
 */
public interface Unit<R extends Serializable> extends Serializable {
  /** Names the Spark job group; unique within the run. */
  String id();

  /** Units of one pool run first come first served; pools take turns for free slots. */
  String pool();

  /** One line for Spark's UI. */
  String description();

  /** Does the work, on the executor. */
  R run(UnitContext context);
}

package org.modelzoo.spark.farm;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** What a unit finds around it on the executor. */
public interface UnitContext {
  /** The driver's Hadoop configuration. */
  Configuration hadoop();

  /** True once the run is being stopped; a long unit looks now and then. */
  boolean cancelled();

  /** Sends word to the driver's listeners; may be lost, never fails. */
  void report(Serializable progress);
}

package org.modelzoo.spark.farm;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.StopSignal;
import org.modelzoo.network.Device;
import org.modelzoo.spark.event.Place;

/**
 * What a unit finds around it on the executor. A unit that hears that its executor is leaving is
 * run again on another one.
 */
public interface UnitContext extends StopSignal {
  /** The driver's Hadoop configuration. */
  Configuration hadoop();

  /** Where this is, for people: executor and host. */
  String executor();

  /** Addresses of the graphics cards that Spark gave to the unit; empty where none were asked. */
  List<String> gpus();

  /** What the unit's networks compute on. */
  Device device();

  /** Where the unit runs, for people. */
  Place place();

  /** Sends word to the driver's listeners; may be lost, never fails. */
  void report(Serializable progress);
}

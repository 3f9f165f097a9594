package org.modelzoo.spark.job;

import org.modelzoo.store.Sealed;

/**
 * Which zoo a run began with, {@code base.json}. For people and reports: nothing is read from there
 * again.
 *
 * @param zoo its run directory at that time
 * @param started when that run was started
 * @param tasks its tasks, the first ones of the run
 * @param rounds its rounds, the first ones of the run
 */
record BaseFile(int formatVersion, String zoo, String started, int tasks, int rounds)
    implements Sealed {
  static final int FORMAT_VERSION = 2;
  static final String NAME = "base.json";
}

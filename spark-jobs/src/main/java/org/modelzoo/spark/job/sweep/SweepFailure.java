package org.modelzoo.spark.job.sweep;

import static java.util.Objects.requireNonNull;

import org.modelzoo.base.ErrorKind;

/**
 * {@code failures/<experiment>.json} of a sweep: an experiment that failed by itself, not because
 * of the cluster.
 *
 * @param kind of the error
 */
public record SweepFailure(int formatVersion, String experiment, ErrorKind kind, String message) {
  static final int FORMAT_VERSION = 1;

  public SweepFailure {
    requireNonNull(experiment, "experiment");
    requireNonNull(kind, "kind");
    requireNonNull(message, "message");
  }
}

package org.modelzoo.spark.tracker;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Which run of MLflow a run directory belongs to, {@code mlflow.json}.
 *
 * @param uri of the tracking server
 */
record MlflowFile(int formatVersion, String uri, String experimentId, String runId) {
  static final String NAME = "mlflow.json";
  static final int FORMAT_VERSION = 1;

  /** MLflow's own rule; whatever else the file holds must not get into requests. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,255}");

  MlflowFile {
    requireNonNull(uri, "uri");
    if (!ID.matcher(requireNonNull(experimentId, "experimentId")).matches()
        || !ID.matcher(requireNonNull(runId, "runId")).matches()) {
      throw new IllegalArgumentException("no id of MLflow: " + experimentId + ", " + runId);
    }
  }
}

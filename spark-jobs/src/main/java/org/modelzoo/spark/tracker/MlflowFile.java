package org.modelzoo.spark.tracker;

import static java.util.Objects.requireNonNull;

/**
 * Which run of MLflow a run directory belongs to, {@code mlflow.json}.
 *
 * @param uri of the tracking server
 */
record MlflowFile(int formatVersion, String uri, String experimentId, String runId) {
  static final String NAME = "mlflow.json";
  static final int FORMAT_VERSION = 1;

  MlflowFile {
    requireNonNull(uri, "uri");
    requireNonNull(experimentId, "experimentId");
    requireNonNull(runId, "runId");
  }
}

package org.modelzoo.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where else runs are recorded, beside their run directories. Nothing of it changes results.
 *
 * @param timeLimit how long the end of a command waits for each tracker
 */
public record TrackersConfig(
    Duration timeLimit, TensorBoard tensorboard, Mlflow mlflow, Webhook webhook)
    implements Serializable {

  /**
   * Event files of TensorBoard.
   *
   * @param imagesPerTask sample images of each task; 0: none
   * @param histograms whether every member's weights are written as histograms
   */
  public record TensorBoard(boolean enabled, int imagesPerTask, boolean histograms)
      implements Serializable {}

  /**
   * A tracking server of MLflow.
   *
   * @param uri empty where there is none
   * @param experiment the name of MLflow's experiment
   */
  public record Mlflow(String uri, String experiment) implements Serializable {}

  /**
   * An address of the web that is told when a run ends, fails or stalls. The address is a secret
   * and stands in the environment.
   *
   * @param stallAfter without word of a member; zero: never
   */
  public record Webhook(boolean enabled, Duration stallAfter) implements Serializable {}
}

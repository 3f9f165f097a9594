package org.modelzoo.config;

import java.io.Serializable;

/**
 * How several workers train one member together: each on its share of every batch, with parameters
 * averaged now and then.
 *
 * @param workers tasks of the cluster that train side by side; 0 trains a member on one executor
 * @param averagingFrequency steps of each worker between two averages
 * @param batchPerWorker images per step of each worker; 0 cuts the training's batch size into equal
 *     shares
 * @param aggregationDepth levels of the tree in which parameters are added up; 1 adds them on the
 *     driver
 * @param averageOptimiserState whether the momentum is averaged too; otherwise it starts from 0
 *     after every average
 */
public record DataParallelConfig(
    int workers,
    int averagingFrequency,
    int batchPerWorker,
    int aggregationDepth,
    boolean averageOptimiserState)
    implements Serializable {

  /** Whether members are trained by several workers. */
  public boolean isOn() {
    return workers > 0;
  }

  /**
   * Images per step of each worker.
   *
   * @param batchSize of the training
   */
  public int batchOfWorker(int batchSize) {
    return batchPerWorker > 0 ? batchPerWorker : batchSize / workers;
  }
}

package org.modelzoo.spark.dataparallel;

import org.modelzoo.data.Batch;
import org.modelzoo.network.Device;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A worker's batch as dl4j-spark hands it from the task that makes it to the one that trains on it,
 * which run one after the other in one thread. What is in it is for our engines, not for DL4J.
 */
final class WorkerBatch extends MultiDataSet {
  private static final long serialVersionUID = 1L;

  private final transient Batch batch;
  private final transient Device device;

  /**
   * @param device of the task
   */
  WorkerBatch(Batch batch, Device device) {
    this.batch = batch;
    this.device = device;
  }

  Batch batch() {
    return batch;
  }

  Device device() {
    return device;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}

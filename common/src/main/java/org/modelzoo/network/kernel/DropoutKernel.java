package org.modelzoo.network.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Drops values. */
public interface DropoutKernel {
  /**
   * Multiplies in place, in the order in which the values lie in memory.
   *
   * @param kept 1 for a value to keep, 0 for one to drop; at least as long as the values
   * @param factor by which values that are kept grow
   */
  void apply(INDArray values, byte[] kept, double factor);
}

package org.modelzoo.network.dl4j;

import org.modelzoo.network.NetworkSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images and labels of one step, on the device.
 *
 * @param images [size, height, width, channels]
 * @param targets [size, outputs] one-hot over the columns of all heads
 */
public record TrainingBatch(INDArray images, INDArray targets) implements AutoCloseable {
  /**
   * Moves a batch to the device.
   *
   * @param type of the network's numbers
   * @param features NHWC pixels; the array may be longer than the batch
   * @param heads position of each image's task among the heads
   * @param labels class of each image within its task
   * @param size images in the batch
   */
  public static TrainingBatch of(
      NetworkSpec spec, DataType type, float[] features, int[] heads, int[] labels, int size) {
    return new TrainingBatch(
        ImageBatches.array(features, size, spec.input(), type), oneHot(spec, heads, labels, size));
  }

  private static INDArray oneHot(NetworkSpec spec, int[] heads, int[] labels, int size) {
    float[][] rows = new float[size][spec.outputs()];
    for (int i = 0; i < size; i++) {
      rows[i][spec.firstColumn(heads[i]) + labels[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  /** Images in the batch. */
  public int size() {
    return Math.toIntExact(images.size(0));
  }

  /** Frees the memory of the device. */
  @Override
  public void close() {
    images.close();
    targets.close();
  }
}

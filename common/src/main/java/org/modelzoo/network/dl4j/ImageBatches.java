package org.modelzoo.network.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.config.ImageShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moves images from arrays of the JVM to the device. */
final class ImageBatches {
  private ImageBatches() {}

  /**
   * The first images of an NHWC array as [size, height, width, channels], for the caller to close.
   */
  static INDArray array(float[] features, int size, ImageShape shape, ComputationGraph graph) {
    return array(features, size, shape, graph.getConfiguration().getDataType());
  }

  /** As above, for a network of this precision. */
  static INDArray array(float[] features, int size, ImageShape shape, DataType type) {
    int length = size * shape.size();
    if (features.length < length) {
      throw new IllegalArgumentException(
          size + " images of " + shape + " need " + length + " values, not " + features.length);
    }
    float[] values = features.length == length ? features : Arrays.copyOf(features, length);
    long[] dimensions = {size, shape.height(), shape.width(), shape.channels()};
    INDArray images = Nd4j.create(values, dimensions, 'c');
    return images.dataType() == type ? images : images.castTo(type);
  }
}

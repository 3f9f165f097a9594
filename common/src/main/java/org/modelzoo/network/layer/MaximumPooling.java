package org.modelzoo.network.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.modelzoo.network.kernel.Kernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The maximum over square windows that do not overlap, and a rectifier after it. Maximum and
 * rectifier can change places; this way round the rectifier sees fewer values.
 */
public final class MaximumPooling extends ImageLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int size;

  /**
   * @param size height and width of a window in pixels; a rest at the edge is left out
   */
  public MaximumPooling(int size) {
    this.size = size;
  }

  private MaximumPooling() {} // for Jackson

  /** Height and width of a window in pixels. */
  public int size() {
    return size;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray view,
      boolean initialise,
      DataType type) {
    PoolingLayer layer =
        new PoolingLayer(configuration, type, Kernels.forType(type).maximumPooling(size));
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }
}

package org.modelzoo.network.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.modelzoo.network.kernel.Kernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Global average pooling: NHWC images [n, h, w, c] to their means [n, 1, 1, c]. */
public final class GlobalAveragePooling extends ImageLayer {
  private static final long serialVersionUID = 1L;

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray view,
      boolean initialise,
      DataType type) {
    PoolingLayer layer = new PoolingLayer(configuration, type, Kernels.forType(type).imageMean());
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }
}

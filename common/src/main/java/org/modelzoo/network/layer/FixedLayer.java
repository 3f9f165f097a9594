package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;

/** What the working halves of our layers without parameters share. */
abstract class FixedLayer<C extends ImageLayer> extends AbstractLayer<C> {
  private static final long serialVersionUID = 1L;

  FixedLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}
}

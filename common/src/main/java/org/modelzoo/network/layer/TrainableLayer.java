package org.modelzoo.network.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;

/** What the working halves of our layers share. One network is used by one thread at a time. */
abstract class TrainableLayer<C extends ImageLayer> extends BaseLayer<C> {
  private static final long serialVersionUID = 1L;

  TrainableLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  /** Weight decay belongs to the optimiser here, so the loss has no such term. */
  @Override
  public double calcRegularizationScore(boolean backpropagatedParametersOnly) {
    return 0;
  }

  @Override
  public long numParams() {
    return LayerParameters.instance().numParams(conf);
  }

  @Override
  public Layer clone() {
    throw new UnsupportedOperationException("Clone the graph, not its layers");
  }
}

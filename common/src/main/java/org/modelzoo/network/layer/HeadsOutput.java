package org.modelzoo.network.layer;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.modelzoo.network.layer.LayerParameters.Parameter;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One linear layer for the heads of all tasks, side by side: [n, h, w, c] or [n, features] to
 * logits [n, outputs], trained with {@link MaskedCrossEntropy}. Weights start uniform within
 * ±1/√features, biases at 0, as in the reference.
 */
public final class HeadsOutput extends BaseOutputLayer implements LayerParameters.Parameterised {
  private static final long serialVersionUID = 1L;

  /** Name of the weights. */
  public static final String WEIGHTS = "W";

  /** Name of what is added to each logit. */
  public static final String BIAS = "b";

  @JsonProperty private long seed;

  /**
   * @param features values per image that come in
   * @param headSizes classes of each task
   * @param seed of the initial weights
   */
  public HeadsOutput(int features, int[] headSizes, long seed) {
    this.nIn = features;
    this.nOut = Arrays.stream(headSizes).sum();
    this.lossFn = new MaskedCrossEntropy(headSizes);
    this.activationFn = new ActivationIdentity();
    this.seed = seed;
  }

  private HeadsOutput() {} // for Jackson

  MaskedCrossEntropy loss() {
    return (MaskedCrossEntropy) lossFn;
  }

  long features() {
    return nIn;
  }

  long outputs() {
    return nOut;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter(WEIGHTS, nIn, nOut), new Parameter(BIAS, nOut));
  }

  @Override
  public void initialise(Map<String, INDArray> parameters) {
    Initialisation.UNIFORM_FAN_IN.fill(parameters.get(WEIGHTS), nIn, nOut, seed);
    parameters.get(BIAS).assign(0);
  }

  @Override
  public ParamInitializer initializer() {
    return LayerParameters.instance();
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray view,
      boolean initialise,
      DataType type) {
    return LayerParameters.attach(
        new HeadsOutputLayer(configuration, type),
        configuration,
        listeners,
        layerIndex,
        view,
        initialise);
  }
}

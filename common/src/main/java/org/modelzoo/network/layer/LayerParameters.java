package org.modelzoo.network.layer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Cuts the network's flat parameter and gradient vectors into the named arrays of one of our
 * layers, one after the other and in c order.
 */
public final class LayerParameters implements ParamInitializer {
  private static final LayerParameters INSTANCE = new LayerParameters();

  private LayerParameters() {}

  /** The one instance; it has no state. */
  public static LayerParameters instance() {
    return INSTANCE;
  }

  /** Name and shape of one array of parameters. */
  public record Parameter(String name, long... shape) {
    /** Values in the array. */
    public long length() {
      long length = 1;
      for (long size : shape) {
        length *= size;
      }
      return length;
    }
  }

  /** A layer configuration that says which parameters it has. */
  public interface Parameterised {
    /** The arrays in the order in which they lie in the flat vector. */
    List<Parameter> parameters();

    /** Fills fresh parameters; they are views of the flat vector. */
    void initialise(Map<String, INDArray> parameters);

    /** Whether gradient descent trains this array; running statistics are not trained. */
    default boolean isTrained(String name) {
      return true;
    }
  }

  /** Gives a new layer what every layer of a network gets. */
  static <L extends org.deeplearning4j.nn.api.Layer> L attach(
      L layer,
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray view,
      boolean initialise) {
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(view);
    layer.setParamTable(INSTANCE.init(configuration, view, initialise));
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parameters(layer).stream().mapToLong(Parameter::length).sum();
  }

  /** Parameters that gradient descent trains. */
  public static long trainedParameters(Parameterised layer) {
    return layer.parameters().stream()
        .filter(parameter -> layer.isTrained(parameter.name()))
        .mapToLong(Parameter::length)
        .sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return parameters(layer).stream().map(Parameter::name).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return paramKeys(layer);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return true;
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray view, boolean initialise) {
    Map<String, INDArray> arrays = getGradientsFromFlattened(configuration, view);
    arrays.keySet().forEach(configuration::addVariable);
    if (initialise) {
      ((Parameterised) configuration.getLayer()).initialise(arrays);
    }
    return arrays;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray view) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    long offset = 0;
    for (Parameter parameter : parameters(configuration.getLayer())) {
      long end = offset + parameter.length();
      INDArray slice = view.reshape(view.length()).get(NDArrayIndex.interval(offset, end));
      arrays.put(parameter.name(), slice.reshape('c', parameter.shape()));
      offset = end;
    }
    return arrays;
  }

  private static List<Parameter> parameters(Layer layer) {
    return ((Parameterised) layer).parameters();
  }
}

package org.modelzoo.network.layer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.modelzoo.network.kernel.ConvolutionShape;
import org.modelzoo.network.layer.LayerParameters.Parameter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A square convolution without bias. Its weights lie as [outputs, height, width, inputs], which the
 * native backward pass likes best.
 */
public final class Convolution extends ImageLayer {
  private static final long serialVersionUID = 1L;

  /** Name of the weights. */
  public static final String WEIGHTS = "W";

  @JsonProperty private int inputs;
  @JsonProperty private int outputs;
  @JsonProperty private int kernel;
  @JsonProperty private int stride;
  @JsonProperty private int padding;
  @JsonProperty private Position position;
  @JsonProperty private Initialisation initialisation;
  @JsonProperty private long seed;

  /** Where in the network the layer stands. */
  public enum Position {
    /** Directly on the images: nothing below needs a gradient. */
    FIRST,
    INNER
  }

  /**
   * @param inputs channels of the input
   * @param outputs channels of the output
   * @param kernel height and width of the window
   * @param padding zeros added at each edge
   * @param seed of the initial weights
   */
  public Convolution(
      int inputs,
      int outputs,
      int kernel,
      int stride,
      int padding,
      Position position,
      Initialisation initialisation,
      long seed) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.position = position;
    this.initialisation = initialisation;
    this.seed = seed;
  }

  private Convolution() {} // for Jackson

  /** Its sizes. */
  public ConvolutionShape shape() {
    return new ConvolutionShape(
        inputs, outputs, kernel, stride, padding, position == Position.FIRST);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter(WEIGHTS, outputs, kernel, kernel, inputs));
  }

  @Override
  public void initialise(Map<String, INDArray> parameters) {
    long window = (long) kernel * kernel;
    initialisation.fill(parameters.get(WEIGHTS), window * inputs, window * outputs, seed);
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
        new ConvolutionLayer(configuration, type),
        configuration,
        listeners,
        layerIndex,
        view,
        initialise);
  }
}

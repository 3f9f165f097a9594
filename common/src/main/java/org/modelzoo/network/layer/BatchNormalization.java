package org.modelzoo.network.layer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.modelzoo.network.kernel.BatchNormalizationShape;
import org.modelzoo.network.layer.LayerParameters.Parameter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015, algorithm 1) over NHWC images, with what follows it
 * folded in: a rectifier, and dropout.
 *
 * <p>The running mean and variance are parameters, so that they are saved and averaged with the
 * rest, but gradient descent does not train them: as in DL4J, their "gradient" is what must be
 * subtracted from them as it is.
 */
public final class BatchNormalization extends ImageLayer {
  private static final long serialVersionUID = 1L;

  /** Name of the factor of each channel. */
  public static final String SCALE = "gamma";

  /** Name of what is added to each channel. */
  public static final String SHIFT = "beta";

  /** Name of the running mean. */
  public static final String MEAN = "mean";

  /** Name of the running variance. */
  public static final String VARIANCE = "var";

  /** PyTorch's constant against division by zero. */
  static final double EPSILON = 1e-5;

  /** Share of the newest batch in the running statistics: PyTorch's "momentum". */
  public static final double NEWEST = 0.1;

  @JsonProperty private int channels;
  @JsonProperty private Following following;
  @JsonProperty private double dropout;
  @JsonProperty private long seed;

  /** What is applied to the normalised values. */
  public enum Following {
    NOTHING,
    RECTIFIER
  }

  /**
   * @param dropout probability of dropping a value after the rectifier, 0 for no dropout
   * @param seed of the dropout until the trainer gives another
   */
  public BatchNormalization(int channels, Following following, double dropout, long seed) {
    this.channels = channels;
    this.following = following;
    this.dropout = dropout;
    this.seed = seed;
  }

  private BatchNormalization() {} // for Jackson

  int channels() {
    return channels;
  }

  /** What it does, without the dropout. */
  public BatchNormalizationShape shape() {
    return new BatchNormalizationShape(channels, following == Following.RECTIFIER, EPSILON);
  }

  /** Probability of dropping a value; DL4J's own dropout of layer inputs is not used. */
  public double dropoutProbability() {
    return dropout;
  }

  long seed() {
    return seed;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter(SCALE, channels),
        new Parameter(SHIFT, channels),
        new Parameter(MEAN, channels),
        new Parameter(VARIANCE, channels));
  }

  @Override
  public void initialise(Map<String, INDArray> parameters) {
    parameters.get(SCALE).assign(1);
    parameters.get(SHIFT).assign(0);
    parameters.get(MEAN).assign(0);
    parameters.get(VARIANCE).assign(1);
  }

  @Override
  public boolean isTrained(String name) {
    return !name.equals(MEAN) && !name.equals(VARIANCE);
  }

  @Override
  public IUpdater getUpdaterByParam(String name) {
    return isTrained(name) ? super.getUpdaterByParam(name) : new NoOp();
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
        new BatchNormalizationLayer(configuration, type),
        configuration,
        listeners,
        layerIndex,
        view,
        initialise);
  }
}

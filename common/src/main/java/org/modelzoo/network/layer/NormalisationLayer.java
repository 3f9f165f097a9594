package org.modelzoo.network.layer;

import static org.modelzoo.network.layer.NativeOperations.Transposition.PLAIN;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Runs a {@link Normalisation}. An NHWC array is a matrix with a row per pixel and a column per
 * channel; every mean over a column is a product with a row of 1/rows, the fastest reduction ND4J
 * has.
 */
public final class NormalisationLayer extends TrainableLayer<Normalisation> {
  private static final long serialVersionUID = 1L;

  private final transient INDArray mean;
  private final transient INDArray variance;
  private transient INDArray averagingRow;
  private transient INDArray output;
  private transient Random random;

  NormalisationLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    int channels = layerConf().channels();
    mean = NativeOperations.lasting(type, 0, channels);
    variance = NativeOperations.lasting(type, 0, channels);
  }

  /** Whether training draws random numbers here. */
  public boolean drops() {
    return layerConf().dropoutProbability() > 0;
  }

  /** Seeds the dropout of the steps that follow. */
  public void seedDropout(long seed) {
    if (random == null) {
      random = Nd4j.getRandomFactory().getNewRandomInstance(seed);
    } else {
      random.setSeed(seed);
    }
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
    INDArray scale = getParam(Normalisation.SCALE);
    INDArray shift = getParam(Normalisation.SHIFT);
    if (training) {
      measure(workspaces);
      double kept = keptScale();
      if (kept != 1) {
        scale = scale.mul(kept);
        shift = shift.mul(kept);
      }
      normalise(mean, variance, scale, shift, output);
    } else {
      normalise(
          getParam(Normalisation.MEAN), getParam(Normalisation.VARIANCE), scale, shift, output);
    }
    if (layerConf().isRectified()) {
      Nd4j.getExecutioner().exec(new RectifiedLinear(output, output));
    }
    if (training && drops()) {
      drop(workspaces);
    }
    return output;
  }

  /**
   * Mean and variance of the batch. The mean is subtracted before squaring: E[x²] − E[x]² would
   * cancel where a channel's mean is large against its spread.
   */
  private void measure(LayerWorkspaceMgr workspaces) {
    INDArray pixels = matrix(input);
    INDArray squares =
        workspaces.createUninitialized(
            ArrayType.FF_WORKING_MEM, input.dataType(), pixels.shape(), 'c');
    columnMeans(pixels, mean);
    NativeOperations.squaredDifference(pixels, mean, squares);
    columnMeans(squares, variance);
  }

  /** Zeroes values at random; those kept were already scaled up with scale and shift. */
  private void drop(LayerWorkspaceMgr workspaces) {
    if (random == null) {
      seedDropout(layerConf().seed());
    }
    INDArray mask =
        workspaces.createUninitialized(
            ArrayType.FF_WORKING_MEM, output.dataType(), output.shape(), 'c');
    double kept = 1 - layerConf().dropoutProbability();
    Nd4j.getExecutioner().exec(new BernoulliDistribution(mask, kept), random);
    output.muli(mask);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    if (layerConf().isRectified()) {
      // Where the output is positive the value passed the rectifier and was not dropped.
      Nd4j.getExecutioner().exec(new Step(output, inputGradient));
      inputGradient.muli(outputGradient);
    } else {
      inputGradient.assign(outputGradient);
    }
    INDArray work =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, input.dataType(), input.shape(), 'c');
    backpropagate(matrix(inputGradient), matrix(work), work);
    return new Pair<>(gradients(), inputGradient);
  }

  /**
   * With g the gradient of the normalised and scaled value, x̂ the normalised value and a = γ/σ,
   * the gradient of the input is a·g − a·mean(g) − x̂·a·mean(g·x̂), all means over a channel.
   *
   * @param gradient g on entry, the gradient of the input on return
   */
  private void backpropagate(INDArray gradient, INDArray work, INDArray workImages) {
    long rows = gradient.size(0);
    INDArray pixels = matrix(input);
    INDArray inverseDeviation = Transforms.pow(variance.add(Normalisation.EPSILON), -0.5, false);
    INDArray gradientMean = variance.ulike();
    columnMeans(gradient, gradientMean);
    NativeOperations.difference(pixels, mean, work);
    work.muli(gradient);
    INDArray correlation = variance.ulike();
    columnMeans(work, correlation);
    correlation.muli(inverseDeviation);

    double kept = keptScale();
    gradientViews.get(Normalisation.SCALE).assign(correlation).muli(rows * kept);
    gradientViews.get(Normalisation.SHIFT).assign(gradientMean).muli(rows * kept);

    INDArray factor = inverseDeviation.muli(getParam(Normalisation.SCALE)).muli(kept);
    INDArray slope = correlation.muli(factor).negi();
    INDArray offset = gradientMean.muli(factor).negi();
    normalise(mean, variance, slope, offset, workImages);
    Nd4j.getExecutioner().exec(new BroadcastMulOp(gradient, factor, gradient, 1));
    gradient.addi(work);
  }

  /** Adds the steps of the running statistics to the gradients of scale and shift. */
  private Gradient gradients() {
    double rows = (double) input.length() / layerConf().channels();
    step(Normalisation.MEAN, mean, 1);
    step(Normalisation.VARIANCE, variance, rows / Math.max(1, rows - 1));
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);
    return gradient;
  }

  /** running − step is the new running statistic: step = 0.1 · (running − correction · batch). */
  private void step(String name, INDArray batch, double correction) {
    gradientViews
        .get(name)
        .assign(batch)
        .muli(-correction)
        .addi(getParam(name))
        .muli(Normalisation.NEWEST);
  }

  private double keptScale() {
    return 1 / (1 - layerConf().dropoutProbability());
  }

  private void normalise(
      INDArray center, INDArray spread, INDArray scale, INDArray shift, INDArray target) {
    NativeOperations.normalise(input, center, spread, scale, shift, Normalisation.EPSILON, target);
  }

  private void columnMeans(INDArray matrix, INDArray means) {
    long rows = matrix.size(0);
    if (averagingRow == null || averagingRow.length() != rows) {
      averagingRow = NativeOperations.lasting(dataType, 1.0 / rows, 1, rows);
    }
    NativeOperations.product(averagingRow, PLAIN, matrix, PLAIN, means.reshape(1, means.length()));
  }

  private INDArray matrix(INDArray images) {
    int channels = layerConf().channels();
    return images.reshape('c', images.length() / channels, channels);
  }

  /** The statistics are steps to take as they are, not sums over the batch. */
  @Override
  public boolean updaterDivideByMinibatch(String name) {
    return layerConf().isTrained(name);
  }

  @Override
  public void clear() {
    super.clear();
    output = null;
  }
}

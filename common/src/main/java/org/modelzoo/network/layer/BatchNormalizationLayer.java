package org.modelzoo.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.modelzoo.network.kernel.BatchNormalizationKernel;
import org.modelzoo.network.kernel.Kernels;
import org.modelzoo.network.kernel.Nd4jOperations;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link BatchNormalization}. */
public final class BatchNormalizationLayer extends TrainableLayer<BatchNormalization> {
  private static final long serialVersionUID = 1L;

  private final transient BatchNormalizationKernel kernel;
  private final transient Dropout dropout;
  private final transient INDArray mean;
  private final transient INDArray variance;

  BatchNormalizationLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    Kernels kernels = Kernels.forType(type);
    kernel = kernels.normalisation(layerConf().shape());
    double probability = layerConf().dropoutProbability();
    dropout =
        probability == 0 ? null : new Dropout(probability, kernels.dropout(), layerConf().seed());
    mean = Nd4jOperations.lasting(type, 0, layerConf().channels());
    variance = Nd4jOperations.lasting(type, 0, layerConf().channels());
  }

  /** Whether training draws random numbers here. */
  public boolean drops() {
    return dropout != null;
  }

  /** The state of the generator. */
  public long dropoutState() {
    return dropout.state();
  }

  /** Continues from a state. */
  public void restoreDropout(long state) {
    dropout.restore(state);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray scale = getParam(BatchNormalization.SCALE);
    INDArray shift = getParam(BatchNormalization.SHIFT);
    if (!training) {
      INDArray runningMean = getParam(BatchNormalization.MEAN);
      INDArray runningVariance = getParam(BatchNormalization.VARIANCE);
      return kernel.infer(input, runningMean, runningVariance, scale, shift, workspaces);
    }
    INDArray output = kernel.train(input, scale, shift, mean, variance, workspaces);
    if (drops()) {
      dropout.forward(output);
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    if (drops()) {
      dropout.backward(outputGradient);
    }
    INDArray inputGradient =
        kernel.backward(
            input,
            outputGradient,
            mean,
            variance,
            getParam(BatchNormalization.SCALE),
            gradientViews.get(BatchNormalization.SCALE),
            gradientViews.get(BatchNormalization.SHIFT),
            workspaces);
    return new Pair<>(gradients(), inputGradient);
  }

  /** Adds the steps of the running statistics to the gradients of scale and shift. */
  private Gradient gradients() {
    double rows = (double) input.length() / layerConf().channels();
    step(BatchNormalization.MEAN, mean, 1);
    step(BatchNormalization.VARIANCE, variance, rows / Math.max(1, rows - 1));
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
        .muli(BatchNormalization.NEWEST);
  }

  /** The statistics are steps to take as they are, not sums over the batch. */
  @Override
  public boolean updaterDivideByMinibatch(String name) {
    return layerConf().isTrained(name);
  }
}

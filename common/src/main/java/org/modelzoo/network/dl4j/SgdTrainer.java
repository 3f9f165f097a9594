package org.modelzoo.network.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.StepResult;
import org.modelzoo.network.layer.BatchNormalization;
import org.modelzoo.network.layer.BatchNormalizationLayer;
import org.modelzoo.network.layer.HeadsOutputLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network step by step with stochastic gradient descent as PyTorch does it: Nesterov
 * momentum (Sutskever et al., 2013, in PyTorch's form) and weight decay on every trained parameter,
 *
 * <pre>
 *   g = ∇loss + weightDecay · p;   v = momentum · v + g;   p = p − learningRate · (g + momentum · v)
 * </pre>
 *
 * <p>Running statistics of the batch normalisation are moved by their layers' own rule. Runs on an
 * executor; not thread-safe: one thread per member.
 */
public final class SgdTrainer implements AutoCloseable {
  private final ComputationGraph graph;
  private final NetworkSpec spec;
  private final double momentum;
  private final double weightDecay;

  /** v with the opposite sign, which is what ND4J's fused operation works on. */
  private final INDArray negativeVelocity;

  private List<RunningStatistic> statistics;

  private record RunningStatistic(INDArray value, INDArray step) {
    void move() {
      value.subi(step);
    }

    void clear() {
      step.assign(0);
    }
  }

  /**
   * @param graph made or read for this specification; the trainer changes its parameters
   * @param momentum share of the velocity kept from step to step
   * @param weightDecay factor of the parameter added to its gradient
   */
  public SgdTrainer(ComputationGraph graph, NetworkSpec spec, double momentum, double weightDecay) {
    this.graph = graph;
    this.spec = spec;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.negativeVelocity = Nd4j.create(graph.params().dataType(), graph.numParams());
  }

  /**
   * One step on one batch.
   *
   * @param features NHWC pixels; the array may be longer than the batch
   * @param heads position of each image's task among the heads
   * @param labels class of each image within its task
   * @param size images in the batch
   * @return mean loss before the step, and how many images were classified correctly in their head
   */
  public StepResult step(
      float[] features, int[] heads, int[] labels, int size, double learningRate) {
    DataType type = graph.getConfiguration().getDataType();
    try (TrainingBatch batch = TrainingBatch.of(spec, type, features, heads, labels, size)) {
      return step(batch, learningRate);
    }
  }

  /** One step on a batch that is on the device already, and stays open. */
  public StepResult step(TrainingBatch batch, double learningRate) {
    graph.setInput(0, batch.images());
    graph.setLabels(batch.targets());
    graph.computeGradientAndScore();
    update(batch.size(), learningRate);
    HeadsOutputLayer output = (HeadsOutputLayer) graph.getOutputLayer(0);
    return new StepResult(batch.size(), graph.score(), output.correct(), /* skipped= */ false);
  }

  private void update(int size, double learningRate) {
    INDArray gradient = graph.getFlattenedGradients().reshape(graph.numParams());
    INDArray parameters = graph.params().reshape(graph.numParams());
    runningStatistics().forEach(RunningStatistic::move);
    // The layers sum over the batch: everything is kept times the size until the last moment.
    addScaled(weightDecay * size, parameters, gradient);
    statistics.forEach(RunningStatistic::clear);
    nesterov(gradient, 1.0 / size);
    addScaled(-learningRate, gradient, parameters);
  }

  /** gradient becomes scale · g + momentum · v in one pass over memory, the velocity is updated. */
  private void nesterov(INDArray gradient, double scale) {
    CustomOp operation =
        DynamicCustomOp.builder("nesterovs_updater")
            .addInputs(gradient, negativeVelocity)
            .addOutputs(gradient, negativeVelocity)
            .addFloatingPointArguments(scale, momentum)
            .build();
    Nd4j.getExecutioner().exec(operation);
  }

  /** target += factor · source. */
  private static void addScaled(double factor, INDArray source, INDArray target) {
    Nd4j.getBlasWrapper().level1().axpy(target.length(), factor, source, target);
  }

  /** Views of the running statistics and their steps; the gradient exists after the first step. */
  private List<RunningStatistic> runningStatistics() {
    if (statistics == null) {
      statistics = new ArrayList<>();
      Map<String, INDArray> gradients = graph.gradient().gradientForVariable();
      for (Layer layer : graph.getLayers()) {
        if (layer instanceof BatchNormalizationLayer) {
          String prefix = layer.conf().getLayer().getLayerName() + "_";
          for (String name : List.of(BatchNormalization.MEAN, BatchNormalization.VARIANCE)) {
            INDArray step = gradients.get(prefix + name);
            statistics.add(new RunningStatistic(layer.getParam(name), step));
          }
        }
      }
    }
    return statistics;
  }

  /** The velocity v of every parameter, in the order of the network's parameters. */
  public float[] momentum() {
    try (INDArray velocity = negativeVelocity.neg()) {
      return velocity.toFloatVector();
    }
  }

  /**
   * Continues with the velocity of an earlier trainer.
   *
   * @throws IllegalArgumentException when it belongs to a network of another size
   */
  public void restoreMomentum(float[] values) {
    if (values.length != negativeVelocity.length()) {
      throw new IllegalArgumentException(
          "momentum has "
              + values.length
              + " values but the network has "
              + negativeVelocity.length()
              + " parameters");
    }
    try (INDArray velocity = Nd4j.createFromArray(values)) {
      negativeVelocity.assign(velocity).negi();
    }
  }

  /** The state of each generator of dropout, from input to output. */
  public long[] dropoutState() {
    return dropping().mapToLong(BatchNormalizationLayer::dropoutState).toArray();
  }

  /** Continues dropout from there. */
  public void restoreDropout(long[] state) {
    PrimitiveIterator.OfLong states = Arrays.stream(state).iterator();
    dropping().forEach(layer -> layer.restoreDropout(states.nextLong()));
  }

  private Stream<BatchNormalizationLayer> dropping() {
    return Arrays.stream(graph.getLayers())
        .filter(BatchNormalizationLayer.class::isInstance)
        .map(BatchNormalizationLayer.class::cast)
        .filter(BatchNormalizationLayer::drops);
  }

  /** Frees the velocity; the network stays usable. */
  @Override
  public void close() {
    negativeVelocity.close();
  }
}

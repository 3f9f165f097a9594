package org.modelzoo.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.modelzoo.network.layer.Convolution.Position;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Compares gradients with finite differences of the loss, in double precision. */
final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final int SAMPLES = 60;

  private GradientCheck() {}

  static INDArray normal(long seed, DataType type, long... shape) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array.castTo(type);
  }

  /** One-hot labels that walk over the columns. */
  static INDArray labels(int size, int columns, DataType type) {
    INDArray labels = Nd4j.zeros(type, size, columns);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, i * 3 % columns, 1);
    }
    return labels;
  }

  /** A first convolution, then the layers, then heads of 2 and 3 classes. */
  static ComputationGraph network(
      int channels, int layerChannels, int features, DataType type, Layer... layers) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            .updater(new Nesterovs(0.05, 0.9))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs("images");
    Convolution first =
        new Convolution(
            channels, layerChannels, 3, 1, 1, Position.FIRST, Initialisation.UNIFORM_FAN_IN, 3);
    builder.addLayer("below", first, "images");
    String last = "below";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer("layer" + i, layers[i], last);
      last = "layer" + i;
    }
    HeadsOutput heads = new HeadsOutput(features, new int[] {2, 3}, 5);
    ComputationGraph graph =
        new ComputationGraph(builder.addLayer("heads", heads, last).setOutputs("heads").build());
    graph.init();
    return graph;
  }

  /** Checks a sample of all trained parameters of a graph. */
  static void check(ComputationGraph graph, INDArray images, INDArray labels) {
    int size = (int) images.size(0);
    loss(graph, images, labels);
    INDArray gradient = graph.getFlattenedGradients().dup().reshape(graph.numParams());
    INDArray parameters = graph.params().reshape(graph.numParams());
    boolean[] trained = trained(graph);
    Random random = new Random(11);
    for (int sample = 0; sample < SAMPLES; sample++) {
      int i = random.nextInt(trained.length);
      if (!trained[i]) {
        continue;
      }
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + STEP);
      double above = loss(graph, images, labels);
      parameters.putScalar(i, value - STEP);
      double below = loss(graph, images, labels);
      parameters.putScalar(i, value);
      double expected = size * (above - below) / (2 * STEP);
      assertThat(gradient.getDouble(i))
          .as("gradient of parameter %d", i)
          .isCloseTo(expected, within(1e-6 + 1e-5 * Math.abs(expected)));
    }
  }

  /** Loss and gradient; what dropout drops is the same every time. */
  private static double loss(ComputationGraph graph, INDArray images, INDArray labels) {
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      if (layer instanceof BatchNormalizationLayer normalisation && normalisation.drops()) {
        normalisation.restoreDropout(17);
      }
    }
    graph.setInput(0, images);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    return graph.score();
  }

  private static boolean[] trained(ComputationGraph graph) {
    boolean[] trained = new boolean[(int) graph.numParams()];
    int offset = 0;
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      LayerParameters.Parameterised configuration =
          (LayerParameters.Parameterised) layer.conf().getLayer();
      for (LayerParameters.Parameter parameter : configuration.parameters()) {
        for (int i = 0; i < parameter.length(); i++) {
          trained[offset++] = configuration.isTrained(parameter.name());
        }
      }
    }
    return trained;
  }
}

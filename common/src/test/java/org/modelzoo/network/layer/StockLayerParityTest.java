package org.modelzoo.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.modelzoo.network.layer.GradientCheck.labels;
import static org.modelzoo.network.layer.GradientCheck.network;
import static org.modelzoo.network.layer.GradientCheck.normal;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.network.layer.Convolution.Position;
import org.modelzoo.network.layer.Normalisation.Following;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Our layers against DL4J's own, in single precision, where our convolutions run on another native
 * library than theirs. Gradients are compared in the layer and in the convolution below it.
 */
class StockLayerParityTest {
  private static final DataType FLOAT = DataType.FLOAT;
  private static final INDArray IMAGES = normal(1, FLOAT, 6, 9, 7, 3);
  private static final INDArray LABELS = labels(6, 5, FLOAT);

  @ParameterizedTest
  @CsvSource({"3, 1, 1", "3, 2, 1", "1, 2, 0", "1, 1, 0", "3, 1, 0"})
  void convolution(int kernel, int stride, int padding) {
    Convolution layer =
        new Convolution(
            4, 16, kernel, stride, padding, Position.INNER, Initialisation.HE_FAN_OUT, 9);
    ConvolutionLayer stock =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .padding(padding, padding)
            .nIn(4)
            .nOut(16)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    int features = 16 * layer.shape().outputSize(9) * layer.shape().outputSize(7);
    ComputationGraph ours = network(3, 4, features, FLOAT, layer);
    ComputationGraph theirs = network(3, 4, features, FLOAT, stock);
    INDArray weights = ours.getParam("layer0_W");
    boolean sameLayout = theirs.getParam("layer0_W").size(3) == 4;
    theirs.getParam("layer0_W").assign(sameLayout ? weights : weights.permute(0, 3, 1, 2));
    INDArray gradient = gradients(ours, "layer0_W");
    INDArray expected = gradients(theirs, "layer0_W");
    assertClose(gradient, sameLayout ? expected : expected.permute(0, 2, 3, 1));
    assertSame(ours, theirs);
  }

  @ParameterizedTest
  @CsvSource({"NOTHING", "RECTIFIER"})
  void normalisation(Following following) {
    Normalisation layer = new Normalisation(4, following, 0, 1);
    BatchNormalization stock =
        new BatchNormalization.Builder()
            .nIn(4)
            .nOut(4)
            .eps(Normalisation.EPSILON)
            .decay(1 - Normalisation.NEWEST)
            .dataFormat(CNN2DFormat.NHWC)
            .useLogStd(false)
            .build();
    Activation after = following == Following.RECTIFIER ? Activation.RELU : Activation.IDENTITY;
    ComputationGraph ours = network(3, 4, 9 * 7 * 4, FLOAT, layer);
    ComputationGraph theirs = network(3, 4, 9 * 7 * 4, FLOAT, stock, new ActivationLayer(after));
    for (String name : new String[] {"gamma", "beta", "mean", "var"}) {
      INDArray value = normal(name.length(), FLOAT, 4).muli(0.3).addi(1);
      ours.getParam("layer0_" + name).assign(value);
      theirs.getParam("layer0_" + name).assign(value);
    }
    for (String name : new String[] {"gamma", "beta", "mean"}) {
      assertClose(gradients(ours, "layer0_" + name), gradients(theirs, "layer0_" + name));
    }
    assertSame(ours, theirs);
  }

  @ParameterizedTest
  @CsvSource({"2, 48", "3, 24"})
  void maximumPooling(int size, int features) {
    SubsamplingLayer stock =
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.MAX, new int[] {size, size}, new int[] {size, size})
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    ComputationGraph ours = network(3, 4, features, FLOAT, new MaximumPooling(size));
    ComputationGraph theirs =
        network(3, 4, features, FLOAT, stock, new ActivationLayer(Activation.RELU));
    assertSame(ours, theirs);
  }

  @Test
  void imageMean() {
    GlobalPoolingLayer stock =
        new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1, 2).build();
    assertSame(network(3, 4, 4, FLOAT, new ImageMean()), network(3, 4, 4, FLOAT, stock));
  }

  @Test
  void singleHeadIsASoftmaxLayerWithCrossEntropy() {
    HeadsOutput heads = new HeadsOutput(7, new int[] {5}, Initialisation.UNIFORM_FAN_IN, 5);
    OutputLayer stock =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(7)
            .nOut(5)
            .build();
    ComputationGraph ours = classifier(heads);
    ComputationGraph theirs = classifier(stock);
    for (String name : new String[] {"below_W", "below_b", "heads_W", "heads_b"}) {
      INDArray value = theirs.getParam(name);
      value.assign(ours.getParam(name).reshape(value.shape()));
    }
    INDArray features = normal(2, FLOAT, 6, 4);
    DataSet batch = new DataSet(features, LABELS);
    assertThat(ours.score(batch, true)).isCloseTo(theirs.score(batch, true), within(1e-6));
    assertClose(Transforms.softmax(ours.outputSingle(features)), theirs.outputSingle(features));
    for (String name : new String[] {"below_W", "below_b", "heads_W", "heads_b"}) {
      assertClose(gradients(ours, name, features), gradients(theirs, name, features));
    }
    assertThat(ours.score()).as("of the step").isCloseTo(theirs.score(), within(1e-6));
  }

  /** 4 values to 7 by DL4J's own layer, then the layer under test. */
  private static ComputationGraph classifier(Layer output) {
    DenseLayer below = new DenseLayer.Builder().nIn(4).nOut(7).activation(Activation.TANH).build();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(FLOAT)
                .graphBuilder()
                .addInputs("features")
                .addLayer("below", below, "features")
                .addLayer("heads", output, "below")
                .setOutputs("heads")
                .build());
    graph.init();
    return graph;
  }

  @Test
  void networkOfOurLayersTrainsWithTheLibrarysOwnOptimiser() {
    ComputationGraph graph =
        network(3, 4, 9 * 7 * 4, FLOAT, new Normalisation(4, Following.RECTIFIER, 0, 1));
    DataSet batch = new DataSet(IMAGES, LABELS);
    double before = graph.score(batch, true);
    for (int i = 0; i < 50; i++) {
      graph.fit(batch);
    }
    assertThat(graph.score(batch, true)).isLessThan(0.1 * before);
    double mean = graph.getParam("layer0_mean").norm2Number().doubleValue();
    assertThat(mean).as("running mean has moved").isGreaterThan(0.01);
  }

  private static INDArray gradients(ComputationGraph graph, String name) {
    return gradients(graph, name, IMAGES);
  }

  private static INDArray gradients(ComputationGraph graph, String name, INDArray input) {
    graph.setInput(0, input);
    graph.setLabels(LABELS);
    graph.computeGradientAndScore();
    return graph.gradient().getGradientFor(name).dup('c');
  }

  private static void assertSame(ComputationGraph ours, ComputationGraph theirs) {
    assertClose(gradients(ours, "below_W"), gradients(theirs, "below_W"));
    assertClose(ours.outputSingle(true, IMAGES), theirs.outputSingle(true, IMAGES));
    assertClose(ours.outputSingle(false, IMAGES), theirs.outputSingle(false, IMAGES));
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    double[] values = actual.dup('c').data().asDouble();
    double[] wanted = expected.dup('c').data().asDouble();
    assertThat(values).containsExactly(wanted, within(2e-4));
  }
}

package org.modelzoo.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.modelzoo.network.layer.GradientCheck.labels;
import static org.modelzoo.network.layer.GradientCheck.network;
import static org.modelzoo.network.layer.GradientCheck.normal;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.network.kernel.KernelChoice;
import org.modelzoo.network.layer.BatchNormalization.Following;
import org.modelzoo.network.layer.Convolution.Position;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Our layers against DL4J's own, in single precision, with each implementation of our kernels.
 * Gradients are compared in the layer and in the convolution below it.
 */
class StockLayerParityTest {
  private static final DataType FLOAT = DataType.FLOAT;
  private static final int CHANNELS = 16;
  private static final int PIXELS = 9 * 7;
  private static final INDArray IMAGES = normal(1, FLOAT, 6, 9, 7, 3);
  private static final INDArray LABELS = labels(6, 5, FLOAT);

  @ParameterizedTest
  @CsvSource({
    "nd4j, 3, 1, 1",
    "nd4j, 3, 2, 1",
    "nd4j, 1, 2, 0",
    "nd4j, 1, 1, 0",
    "nd4j, 3, 1, 0",
    "onednn, 3, 1, 1",
    "onednn, 3, 2, 1",
    "onednn, 1, 2, 0",
    "onednn, 1, 1, 0",
    "onednn, 3, 1, 0"
  })
  void convolution(String kernels, int kernel, int stride, int padding) {
    Convolution layer =
        new Convolution(
            16, 32, kernel, stride, padding, Position.INNER, Initialisation.HE_FAN_OUT, 9);
    ConvolutionLayer stock =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .padding(padding, padding)
            .nIn(16)
            .nOut(32)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    int features = 32 * layer.shape().outputSize(9) * layer.shape().outputSize(7);
    ComputationGraph ours = ours(kernels, features, layer);
    ComputationGraph theirs = theirs(features, stock);
    INDArray weights = ours.getParam("layer0_W");
    boolean sameLayout = theirs.getParam("layer0_W").size(3) == 16;
    theirs.getParam("layer0_W").assign(sameLayout ? weights : weights.permute(0, 3, 1, 2));
    INDArray gradient = gradients(ours, "layer0_W");
    INDArray expected = gradients(theirs, "layer0_W");
    assertClose(gradient, sameLayout ? expected : expected.permute(0, 2, 3, 1));
    assertSame(ours, theirs);
  }

  @ParameterizedTest
  @CsvSource({"nd4j, NOTHING", "nd4j, RECTIFIER", "onednn, NOTHING", "onednn, RECTIFIER"})
  void normalisation(String kernels, Following following) {
    BatchNormalization layer = new BatchNormalization(CHANNELS, following, 0, 1);
    org.deeplearning4j.nn.conf.layers.BatchNormalization stock =
        new org.deeplearning4j.nn.conf.layers.BatchNormalization.Builder()
            .nIn(CHANNELS)
            .nOut(CHANNELS)
            .eps(BatchNormalization.EPSILON)
            .decay(1 - BatchNormalization.NEWEST)
            .dataFormat(CNN2DFormat.NHWC)
            .useLogStd(false)
            .build();
    Activation after = following == Following.RECTIFIER ? Activation.RELU : Activation.IDENTITY;
    ComputationGraph ours = ours(kernels, PIXELS * CHANNELS, layer);
    ComputationGraph theirs = theirs(PIXELS * CHANNELS, stock, new ActivationLayer(after));
    for (String name : new String[] {"gamma", "beta", "mean", "var"}) {
      INDArray value = normal(name.length(), FLOAT, CHANNELS).muli(0.3).addi(1);
      ours.getParam("layer0_" + name).assign(value);
      theirs.getParam("layer0_" + name).assign(value);
    }
    for (String name : new String[] {"gamma", "beta", "mean"}) {
      assertClose(gradients(ours, "layer0_" + name), gradients(theirs, "layer0_" + name));
    }
    assertSame(ours, theirs);
  }

  @ParameterizedTest
  @CsvSource({"nd4j, 2, 12", "nd4j, 3, 6", "onednn, 2, 12", "onednn, 3, 6"})
  void maximumPooling(String kernels, int size, int windows) {
    SubsamplingLayer stock =
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.MAX, new int[] {size, size}, new int[] {size, size})
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    int features = windows * CHANNELS;
    ComputationGraph ours = ours(kernels, features, new MaximumPooling(size));
    ComputationGraph theirs = theirs(features, stock, new ActivationLayer(Activation.RELU));
    assertSame(ours, theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void imageMean(String kernels) {
    GlobalPoolingLayer stock =
        new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1, 2).build();
    assertSame(ours(kernels, CHANNELS, new GlobalAveragePooling()), theirs(CHANNELS, stock));
  }

  @Test
  void singleHeadIsASoftmaxLayerWithCrossEntropy() {
    HeadsOutput heads = new HeadsOutput(7, new int[] {5}, 5);
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

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onednn"})
  void networkOfOurLayersTrainsWithTheLibrarysOwnOptimiser(String kernels) {
    BatchNormalization layer = new BatchNormalization(CHANNELS, Following.RECTIFIER, 0, 1);
    ComputationGraph graph = ours(kernels, PIXELS * CHANNELS, layer);
    DataSet batch = new DataSet(IMAGES, LABELS);
    double before = graph.score(batch, true);
    for (int i = 0; i < 50; i++) {
      graph.fit(batch);
    }
    assertThat(graph.score(batch, true)).isLessThan(0.1 * before);
    double mean = graph.getParam("layer0_mean").norm2Number().doubleValue();
    assertThat(mean).as("running mean has moved").isGreaterThan(0.01);
  }

  private static ComputationGraph ours(String kernels, int features, Layer layer) {
    return KernelChoice.with(kernels, () -> network(3, CHANNELS, features, FLOAT, layer));
  }

  /** DL4J's layers read NHWC, as do our layers around them with ND4J's kernels. */
  private static ComputationGraph theirs(int features, Layer... layers) {
    return KernelChoice.with("nd4j", () -> network(3, CHANNELS, features, FLOAT, layers));
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

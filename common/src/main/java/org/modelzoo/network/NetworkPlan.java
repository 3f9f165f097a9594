package org.modelzoo.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.modelzoo.base.Seeds;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.layer.BatchNormalization;
import org.modelzoo.network.layer.BatchNormalization.Following;
import org.modelzoo.network.layer.Convolution;
import org.modelzoo.network.layer.Convolution.Position;
import org.modelzoo.network.layer.GlobalAveragePooling;
import org.modelzoo.network.layer.HeadsOutput;
import org.modelzoo.network.layer.Initialisation;
import org.modelzoo.network.layer.LayerParameters;
import org.modelzoo.network.layer.LayerParameters.Parameterised;
import org.modelzoo.network.layer.MaximumPooling;
import org.modelzoo.network.layer.ResidualSum;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * A network while it is being put together: the steps to DL4J's configuration, and beside them the
 * size of every array, so that parameters and memory can be counted without allocating the network
 * and without the native library.
 */
final class NetworkPlan {
  private static final String INPUT = "images";
  private static final String OUTPUT = "heads";

  /** Put off: DL4J's builder loads the native library, which counting can do without. */
  private final List<Consumer<GraphBuilder>> steps = new ArrayList<>();

  private final long seed;
  private final Initialisation initialisation;
  private final DataType type;
  private long parameters;
  private long activations;
  private long largest;
  private int layers;

  /** One array of images inside the network: the vertex that makes it, and its shape. */
  record Images(String vertex, int height, int width, int channels) {
    long size() {
      return (long) height * width * channels;
    }
  }

  NetworkPlan(long seed, Initialisation initialisation, DataType type) {
    this.seed = seed;
    this.initialisation = initialisation;
    this.type = type;
  }

  Images input(ImageShape shape) {
    return new Images(INPUT, shape.height(), shape.width(), shape.channels());
  }

  Images convolution(String name, Images input, int channels, int kernel, int stride, int padding) {
    Position position = input.vertex().equals(INPUT) ? Position.FIRST : Position.INNER;
    Convolution layer =
        new Convolution(
            input.channels(),
            channels,
            kernel,
            stride,
            padding,
            position,
            initialisation,
            nextSeed());
    return add(
        name,
        layer,
        input,
        layer.shape().outputSize(input.height()),
        layer.shape().outputSize(input.width()),
        channels);
  }

  Images normalisation(String name, Images input, Following following, double dropout) {
    BatchNormalization layer =
        new BatchNormalization(input.channels(), following, dropout, nextSeed());
    return add(name, layer, input, input.height(), input.width(), input.channels());
  }

  Images maximumPooling(String name, Images input, int size) {
    return add(
        name,
        new MaximumPooling(size),
        input,
        input.height() / size,
        input.width() / size,
        input.channels());
  }

  Images imageMean(String name, Images input) {
    return add(name, new GlobalAveragePooling(), input, 1, 1, input.channels());
  }

  Images sum(String name, Images first, Images second) {
    steps.add(
        builder -> builder.addVertex(name, new ResidualSum(), first.vertex(), second.vertex()));
    count(first);
    return new Images(name, first.height(), first.width(), first.channels());
  }

  void heads(Images input, List<Integer> headSizes) {
    int[] sizes = headSizes.stream().mapToInt(Integer::intValue).toArray();
    int features = Math.toIntExact(input.size());
    HeadsOutput layer = new HeadsOutput(features, sizes, nextSeed());
    add(OUTPUT, layer, input, 1, 1, headSizes.stream().mapToInt(Integer::intValue).sum());
    steps.add(builder -> builder.setOutputs(OUTPUT));
  }

  private Images add(String name, Layer layer, Images input, int height, int width, int channels) {
    steps.add(builder -> builder.addLayer(name, layer, input.vertex()));
    parameters += LayerParameters.trainedParameters((Parameterised) layer);
    Images output = new Images(name, height, width, channels);
    count(output);
    return output;
  }

  private void count(Images output) {
    activations += output.size();
    largest = Math.max(largest, output.size());
  }

  private long nextSeed() {
    return Seeds.derive(seed, "layer", layers++);
  }

  ComputationGraphConfiguration configuration() {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(type)
            // Trains nothing: SgdTrainer takes the steps, with the configured momentum. DL4J
            // writes an updater into every layer of a saved model, and without this its default
            // would change the bytes of model.zip and name a class that ModelClasses refuses.
            .updater(new Nesterovs(0.01, 0.9))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(INPUT);
    steps.forEach(step -> step.accept(builder));
    return builder.build();
  }

  /** Trained parameters. */
  long parameters() {
    return parameters;
  }

  /** Values that the layers put out for one image. */
  long activations() {
    return activations;
  }

  /** Values of the largest of them for one image. */
  long largestActivation() {
    return largest;
  }
}

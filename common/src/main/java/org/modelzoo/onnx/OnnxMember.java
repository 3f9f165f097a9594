package org.modelzoo.onnx;

import java.util.Arrays;
import java.util.List;
import org.modelzoo.network.Blueprint;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.kernel.BatchNormalizationShape;
import org.modelzoo.network.kernel.ConvolutionShape;
import org.modelzoo.network.layer.BatchNormalization;
import org.modelzoo.network.layer.Convolution;
import org.modelzoo.network.layer.GlobalAveragePooling;
import org.modelzoo.network.layer.HeadsOutput;
import org.modelzoo.network.layer.MaximumPooling;
import org.modelzoo.network.layer.ResidualSum;

/** Adds a member's layers to a graph, as they predict: with running statistics, without dropout. */
final class OnnxMember {
  private final OnnxGraph graph;
  private final String member;
  private final NetworkSpec spec;
  private final float[] parameters;
  private final int head;

  /**
   * A member of an ensemble.
   *
   * @param member begins the names of everything it adds
   * @param parameters flat, running statistics included, in the order of the model file
   * @param head the only one that is added
   */
  OnnxMember(OnnxGraph graph, String member, NetworkSpec spec, float[] parameters, int head) {
    this.graph = graph;
    this.member = member;
    this.spec = spec;
    this.parameters = parameters;
    this.head = head;
  }

  /**
   * Adds all layers.
   *
   * @param images name of the network input, [n, channels, height, width]
   * @return name of the head's softmax output, [n, classes]
   */
  String probabilities(String images) {
    List<Blueprint.Vertex> vertices = Blueprint.of(spec).vertices();
    String[] outputs = new String[vertices.size()];
    for (int i = 0; i < outputs.length; i++) {
      Blueprint.Vertex vertex = vertices.get(i);
      List<String> inputs =
          vertex.inputs().stream()
              .map(input -> input == Blueprint.IMAGES ? images : outputs[input])
              .toList();
      outputs[i] = layer(vertex, inputs);
    }
    return graph.node(
        "Softmax",
        name("probabilities"),
        List.of(outputs[outputs.length - 1]),
        OnnxGraph.integer("axis", 1));
  }

  private String layer(Blueprint.Vertex vertex, List<String> inputs) {
    Object configuration = vertex.configuration();
    if (configuration instanceof Convolution convolution) {
      return convolution(vertex, convolution.shape(), inputs.get(0));
    }
    if (configuration instanceof BatchNormalization normalisation) {
      return normalisation(vertex, normalisation.shape(), inputs.get(0));
    }
    if (configuration instanceof MaximumPooling pooling) {
      return maximumPooling(vertex, pooling.size(), inputs.get(0));
    }
    if (configuration instanceof GlobalAveragePooling) {
      return graph.node("GlobalAveragePool", name(vertex.name()), inputs);
    }
    if (configuration instanceof ResidualSum) {
      return graph.node("Add", name(vertex.name()), inputs);
    }
    if (configuration instanceof HeadsOutput) {
      return logits(vertex, inputs.get(0));
    }
    throw new IllegalArgumentException(
        "layer %s is a %s, which the ONNX export does not know"
            .formatted(vertex.name(), configuration.getClass().getSimpleName()));
  }

  private String convolution(Blueprint.Vertex vertex, ConvolutionShape shape, String images) {
    long[] lying = array(vertex, Convolution.WEIGHTS).shape(); // [outputs, height, width, inputs]
    float[] weights =
        withChannelsFirst(values(vertex, Convolution.WEIGHTS), (int) lying[0], (int) lying[3]);
    String constant =
        graph.constant(
            name(vertex.name() + "/weights"), weights, lying[0], lying[3], lying[1], lying[2]);
    long padding = shape.padding();
    return graph.node(
        "Conv",
        name(vertex.name()),
        List.of(images, constant),
        OnnxGraph.integers("kernel_shape", lying[1], lying[2]),
        OnnxGraph.integers("strides", shape.stride(), shape.stride()),
        OnnxGraph.integers("pads", padding, padding, padding, padding));
  }

  /** From [outputs, pixels, inputs] to [outputs, inputs, pixels]. */
  private static float[] withChannelsFirst(float[] weights, int outputs, int inputs) {
    int pixels = weights.length / outputs / inputs;
    float[] turned = new float[weights.length];
    for (int output = 0; output < outputs; output++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int input = 0; input < inputs; input++) {
          turned[(output * inputs + input) * pixels + pixel] =
              weights[(output * pixels + pixel) * inputs + input];
        }
      }
    }
    return turned;
  }

  private String normalisation(
      Blueprint.Vertex vertex, BatchNormalizationShape shape, String images) {
    List<String> inputs =
        List.of(
            images,
            constant(vertex, BatchNormalization.SCALE),
            constant(vertex, BatchNormalization.SHIFT),
            constant(vertex, BatchNormalization.MEAN),
            constant(vertex, BatchNormalization.VARIANCE));
    String normalised =
        graph.node(
            "BatchNormalization",
            name(vertex.name()),
            inputs,
            OnnxGraph.number("epsilon", shape.epsilon()));
    return shape.rectified() ? rectified(vertex, normalised) : normalised;
  }

  private String maximumPooling(Blueprint.Vertex vertex, int size, String images) {
    return rectified(
        vertex,
        graph.node(
            "MaxPool",
            name(vertex.name()),
            List.of(images),
            OnnxGraph.integers("kernel_shape", size, size),
            OnnxGraph.integers("strides", size, size)));
  }

  private String rectified(Blueprint.Vertex vertex, String images) {
    return graph.node("Relu", name(vertex.name() + "/rectifier"), List.of(images));
  }

  /** Features are read in the order height, width, channel. */
  private String logits(Blueprint.Vertex vertex, String images) {
    long[] lying = array(vertex, HeadsOutput.WEIGHTS).shape(); // [features, outputs]
    int features = (int) lying[0];
    int outputs = (int) lying[1];
    int first = spec.firstColumn(head);
    int classes = spec.headSizes().get(head);
    float[] all = values(vertex, HeadsOutput.WEIGHTS);
    float[] weights = new float[features * classes];
    for (int feature = 0; feature < features; feature++) {
      System.arraycopy(all, feature * outputs + first, weights, feature * classes, classes);
    }
    float[] bias = Arrays.copyOfRange(values(vertex, HeadsOutput.BIAS), first, first + classes);
    String pixels =
        graph.node(
            "Transpose",
            name(vertex.name() + "/pixels"),
            List.of(images),
            OnnxGraph.integers("perm", 0, 2, 3, 1));
    String flat =
        graph.node(
            "Flatten",
            name(vertex.name() + "/features"),
            List.of(pixels),
            OnnxGraph.integer("axis", 1));
    return graph.node(
        "Gemm",
        name(vertex.name()),
        List.of(
            flat,
            graph.constant(name(vertex.name() + "/weights"), weights, features, classes),
            graph.constant(name(vertex.name() + "/bias"), bias, classes)));
  }

  private String constant(Blueprint.Vertex vertex, String array) {
    return graph.constant(
        name(vertex.name() + "/" + array), values(vertex, array), array(vertex, array).shape());
  }

  private float[] values(Blueprint.Vertex vertex, String name) {
    Blueprint.Array array = array(vertex, name);
    int from = Math.toIntExact(array.offset());
    return Arrays.copyOfRange(parameters, from, from + Math.toIntExact(array.length()));
  }

  private static Blueprint.Array array(Blueprint.Vertex vertex, String name) {
    return vertex.arrays().stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String name(String part) {
    return member + "/" + part;
  }
}

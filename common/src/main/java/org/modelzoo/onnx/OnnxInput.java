package org.modelzoo.onnx;

import java.util.List;
import java.util.Locale;
import onnx.Onnx.TensorProto.DataType;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NormalisationConfig;

/** What comes into a graph as {@code images}. It is normalised inside. */
public enum OnnxInput {
  /** [n, height, width, channels], the bytes of the pixels. */
  UINT8,
  /** [n, channels, height, width], the pixels from 0 to 1. */
  FLOAT32;

  static final String NAME = "images";

  /** In model files. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An image's dimensions. */
  long[] dimensions(ImageShape shape) {
    return this == UINT8
        ? new long[] {shape.height(), shape.width(), shape.channels()}
        : new long[] {shape.channels(), shape.height(), shape.width()};
  }

  /**
   * Adds the input and (pixel − mean) / deviation.
   *
   * @return name of the network input, [n, channels, height, width]
   */
  String addTo(OnnxGraph graph, ImageShape shape, NormalisationConfig normalisation) {
    String pixels = this == UINT8 ? bytes(graph, shape) : floats(graph, shape);
    String centred =
        graph.node("Sub", "centred", List.of(pixels, graph.scalar("mean", normalisation.mean())));
    return graph.node(
        "Div",
        "normalised",
        List.of(centred, graph.scalar("deviation", normalisation.deviation())));
  }

  private String floats(OnnxGraph graph, ImageShape shape) {
    return graph.input(NAME, DataType.FLOAT_VALUE, dimensions(shape));
  }

  private String bytes(OnnxGraph graph, ImageShape shape) {
    String images = graph.input(NAME, DataType.UINT8_VALUE, dimensions(shape));
    String numbers =
        graph.node(
            "Cast", "numbers", List.of(images), OnnxGraph.integer("to", DataType.FLOAT_VALUE));
    String shares = graph.node("Div", "pixels", List.of(numbers, graph.scalar("white", 255)));
    return graph.node(
        "Transpose", "channels_first", List.of(shares), OnnxGraph.integers("perm", 0, 3, 1, 2));
  }
}

package org.modelzoo.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;
import org.modelzoo.network.layer.LayerParameters.Parameter;
import org.modelzoo.network.layer.LayerParameters.Parameterised;

/**
 * A network's vertices in the order in which they are computed, and where the parameters of each
 * lie in the flat vector: both as DL4J has them, read from its configuration.
 *
 * @param size values of the flat vector
 */
public record Blueprint(List<Vertex> vertices, long size) {
  /** Stands for the images among the inputs of a vertex. */
  public static final int IMAGES = -1;

  /**
   * A layer, or a sum of images.
   *
   * @param inputs positions of the vertices whose outputs come in, or {@link #IMAGES}
   * @param configuration the layer's, or the vertex's where it is no layer
   * @param arrays its parameters, in the order of the flat vector
   */
  public record Vertex(
      String name, List<Integer> inputs, Object configuration, List<Array> arrays) {}

  /**
   * An array of parameters.
   *
   * @param offset of its first value in the flat vector
   * @param shape in c order
   * @param trained by gradient descent, as running statistics are not
   */
  public record Array(String name, long offset, long[] shape, long length, boolean trained) {
    static Array of(Parameter parameter, long offset, boolean trained) {
      return new Array(parameter.name(), offset, parameter.shape(), parameter.length(), trained);
    }
  }

  /** Of a network of this specification; needs no native memory. */
  public static Blueprint of(NetworkSpec spec) {
    ComputationGraphConfiguration configuration = Networks.configuration(spec);
    GraphIndices indices = new ComputationGraph(configuration).calculateIndices();
    Map<String, Integer> positions = new HashMap<>();
    configuration.getNetworkInputs().forEach(name -> positions.put(name, IMAGES));
    List<Vertex> vertices = new ArrayList<>();
    long offset = 0;
    for (int index : indices.getTopologicalSortOrder()) {
      String name = indices.getIdxToName().get(index);
      if (!positions.containsKey(name)) {
        Object layer = layer(configuration.getVertices().get(name));
        List<Array> arrays = arrays(layer, offset);
        for (Array array : arrays) {
          offset += array.length();
        }
        List<Integer> inputs =
            configuration.getVertexInputs().get(name).stream().map(positions::get).toList();
        positions.put(name, vertices.size());
        vertices.add(new Vertex(name, inputs, layer, arrays));
      }
    }
    return new Blueprint(List.copyOf(vertices), offset);
  }

  private static Object layer(GraphVertex vertex) {
    return vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
  }

  private static List<Array> arrays(Object layer, long start) {
    List<Array> arrays = new ArrayList<>();
    if (layer instanceof Parameterised parameterised) {
      long offset = start;
      for (Parameter parameter : parameterised.parameters()) {
        boolean trained = parameterised.isTrained(parameter.name());
        arrays.add(Array.of(parameter, offset, trained));
        offset += parameter.length();
      }
    }
    return List.copyOf(arrays);
  }
}

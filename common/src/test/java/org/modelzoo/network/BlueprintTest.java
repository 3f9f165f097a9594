package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.config.ImageShape;
import org.nd4j.linalg.api.ndarray.INDArray;

class BlueprintTest {
  @ParameterizedTest
  @CsvSource({
    "small-conv, 32",
    "small-conv, 84",
    "wrn-10-1, 8",
    "wrn-16-1, 8",
    "wrn-16-4, 32",
    "wrn-28-2, 16"
  })
  void arraysLieWhereDl4jPutsThem(String name, int side) {
    NetworkSpec spec = new NetworkSpec(name, 0.2, new ImageShape(side, side, 3), List.of(5, 2, 3));
    ComputationGraph graph = Networks.build(spec, 1);
    Blueprint blueprint = Blueprint.of(spec);
    assertThat(blueprint.size()).isEqualTo(graph.numParams());
    Set<String> seen = new HashSet<>();
    for (Blueprint.Vertex vertex : blueprint.vertices()) {
      for (Blueprint.Array array : vertex.arrays()) {
        String key = vertex.name() + "_" + array.name();
        seen.add(key);
        INDArray expected = graph.getParam(key);
        assertThat(array.offset()).as(key).isEqualTo(expected.offset());
        assertThat(array.shape()).as(key).isEqualTo(expected.shape());
        assertThat(array.length()).as(key).isEqualTo(expected.length());
        assertThat(expected.ordering()).as(key).isEqualTo('c');
      }
    }
    assertThat(seen).isEqualTo(graph.paramTable().keySet());
  }

  @ParameterizedTest
  @CsvSource({"small-conv, 32", "wrn-28-2, 16"})
  void verticesComeAfterTheirInputs(String name, int side) {
    NetworkSpec spec = new NetworkSpec(name, 0, new ImageShape(side, side, 3), List.of(5));
    List<Blueprint.Vertex> vertices = Blueprint.of(spec).vertices();
    for (int i = 0; i < vertices.size(); i++) {
      int position = i;
      assertThat(vertices.get(i).inputs())
          .isNotEmpty()
          .allSatisfy(input -> assertThat(input).isLessThan(position));
    }
    assertThat(vertices.get(0).inputs()).containsExactly(Blueprint.IMAGES);
  }
}

package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;

class ModelFileTest {
  private static final ImageShape SHAPE = new ImageShape(24, 24, 3);

  @ParameterizedTest
  @ValueSource(strings = {"small-conv", "wrn-10-1"})
  void readNetworkPredictsTheSameBitsAndTrainsOn(String name) throws IOException {
    NetworkSpec spec = new NetworkSpec(name, 0.2, SHAPE, List.of(2, 3));
    float[] features = new float[4 * SHAPE.size()];
    Random random = new Random(1);
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    ComputationGraph graph = Networks.build(spec, 2);
    int[] heads = {0, 1, 1, 0};
    int[] labels = {0, 2, 1, 1};
    try (SgdTrainer trainer = new SgdTrainer(graph, spec, 0.9, 1e-5)) {
      trainer.step(features, heads, labels, 4, 0.1);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelFile.write(graph, file);

    ComputationGraph read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
    ComputationGraph plain =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file.toByteArray()));

    float[] expected = new Predictor(graph, spec).probabilities(features, 4, 1);
    assertThat(new Predictor(read, spec).probabilities(features, 4, 1)).isEqualTo(expected);
    assertThat(new Predictor(plain, spec).probabilities(features, 4, 1)).isEqualTo(expected);
    assertThat(expected).hasSize(12);
    assertThat(expected[0] + expected[1] + expected[2]).isCloseTo(1f, within(1e-6f));
    assertThat(lossOf(read, spec, features, heads, labels))
        .isEqualTo(lossOf(graph, spec, features, heads, labels));
  }

  private static double lossOf(
      ComputationGraph graph, NetworkSpec spec, float[] features, int[] heads, int[] labels) {
    try (SgdTrainer trainer = new SgdTrainer(graph, spec, 0.9, 0)) {
      trainer.seedDropout(8);
      return trainer.step(features, heads, labels, 4, 0.1).loss();
    }
  }
}

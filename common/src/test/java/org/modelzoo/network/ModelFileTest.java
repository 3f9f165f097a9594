package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.dl4j.Predictor;
import org.modelzoo.network.dl4j.SgdTrainer;

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
    ModelFile.write(spec, 2, graph.params().toFloatVector(), file);

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

  @ParameterizedTest
  @ValueSource(strings = {"small-conv", "wrn-10-1"})
  void freshProgramThatKnowsOnlyDl4jPredictsTheSameBits(String name, @TempDir Path directory)
      throws IOException, InterruptedException {
    NetworkSpec spec = new NetworkSpec(name, 0.2, SHAPE, List.of(2, 3));
    ComputationGraph graph = Networks.build(spec, 2);
    graph.params().addi(0.01); // wrn's heads start at 0, where every network predicts the same
    Path model = directory.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(model)) {
      ModelFile.write(spec, 2, graph.params().toFloatVector(), out);
    }
    Path printed = directory.resolve("printed");

    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PlainPrediction.class.getName(),
                model.toString(),
                "24",
                "24",
                "3")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(printed.toFile())
            .start();

    assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readAllLines(printed)).contains(PlainPrediction.outputs(graph, SHAPE));
  }

  private static double lossOf(
      ComputationGraph graph, NetworkSpec spec, float[] features, int[] heads, int[] labels) {
    try (SgdTrainer trainer = new SgdTrainer(graph, spec, 0.9, 0)) {
      DropoutSeeds.seed(trainer, 8);
      return trainer.step(features, heads, labels, 4, 0.1).loss();
    }
  }
}

package org.modelzoo.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.network.layer.GradientCheck.labels;
import static org.modelzoo.network.layer.GradientCheck.normal;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.modelzoo.network.layer.BatchNormalization.Following;
import org.modelzoo.network.layer.Convolution.Position;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;

class ResidualSumTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final INDArray IMAGES = normal(1, TYPE, 4, 6, 5, 3);
  private static final INDArray LABELS = labels(4, 5, TYPE);

  @Test
  void blocksHaveTheirGradients() {
    GradientCheck.check(blocks(new ResidualSum()), IMAGES, LABELS);
  }

  @Test
  void sharedGradientIsThatOfTheLibrarysSumToTheBit() {
    ComputationGraph ours = blocks(new ResidualSum());
    ComputationGraph stock = blocks(new ElementWiseVertex(ElementWiseVertex.Op.Add));
    assertThat(ours.outputSingle(IMAGES)).isEqualTo(stock.outputSingle(IMAGES));
    assertThat(gradient(ours)).isEqualTo(gradient(stock));
  }

  private static double[] gradient(ComputationGraph graph) {
    graph.setInput(0, IMAGES);
    graph.setLabels(LABELS);
    graph.computeGradientAndScore();
    return graph.getFlattenedGradients().toDoubleVector();
  }

  /** A block whose shortcut is its input, and one whose shortcut is a convolution. */
  private static ComputationGraph blocks(ElementWiseVertex sum) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(TYPE)
            .updater(new Nesterovs(0.05, 0.9))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs("images")
            .addLayer("stem", convolution(3, Position.FIRST, 1), "images")
            .addLayer("norm1", new BatchNormalization(4, Following.RECTIFIER, 0, 1), "stem")
            .addLayer("conv1", convolution(4, Position.INNER, 2), "norm1")
            .addVertex("sum1", sum, "conv1", "stem")
            .addLayer("norm2", new BatchNormalization(4, Following.RECTIFIER, 0, 1), "sum1")
            .addLayer("conv2", convolution(4, Position.INNER, 3), "norm2")
            .addLayer("shortcut", convolution(4, Position.INNER, 4), "norm2")
            .addVertex("sum2", sum.clone(), "conv2", "shortcut")
            .addLayer("heads", new HeadsOutput(6 * 5 * 4, new int[] {2, 3}, 5), "sum2")
            .setOutputs("heads");
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  private static Convolution convolution(int inputs, Position position, long seed) {
    return new Convolution(inputs, 4, 3, 1, 1, position, Initialisation.UNIFORM_FAN_IN, seed);
  }
}

package org.modelzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.dl4j.SgdTrainer;
import org.nd4j.linalg.api.ndarray.INDArray;

class SgdTrainerTest {
  private static final int SIZE = 6;
  private static final ImageShape SHAPE = new ImageShape(8, 8, 3);
  private static final NetworkSpec PLAIN = new NetworkSpec("wrn-10-1", 0, SHAPE, List.of(2, 3));
  private static final NetworkSpec DROPPING =
      new NetworkSpec("wrn-10-1", 0.3, SHAPE, List.of(2, 3));
  private static final int[] HEADS = {0, 1, 0, 1, 1, 0};
  private static final int[] LABELS = {0, 2, 1, 0, 1, 1};

  private final float[] features = features(5);

  @BeforeEach
  void oneThread() {
    NativeThreads.use(1);
  }

  private static float[] features(long seed) {
    Random random = new Random(seed);
    float[] values = new float[SIZE * SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void twoStepsFollowPyTorchsRule() {
    double momentum = 0.9;
    double decay = 0.01;
    ComputationGraph graph = Networks.build(PLAIN, 3);
    ComputationGraph probe = Networks.build(PLAIN, 3);
    float[] parameters = graph.params().toFloatVector();
    boolean[] statistic = statistics(graph);
    double[] velocity = new double[parameters.length];
    try (SgdTrainer trainer = new SgdTrainer(graph, PLAIN, momentum, decay);
        SgdTrainer still = new SgdTrainer(probe, PLAIN, 0, 0)) {
      for (double rate : new double[] {0.1, 0.05}) {
        probe.params().assign(graph.params());
        still.step(
            features, HEADS, LABELS, SIZE,
            0); // without momentum and decay the gradient stays as it was, divided by the size
        float[] gradient = probe.getFlattenedGradients().toFloatVector();
        float[] before = graph.params().toFloatVector();
        trainer.step(features, HEADS, LABELS, SIZE, rate);
        float[] after = graph.params().toFloatVector();
        for (int i = 0; i < after.length; i++) {
          if (!statistic[i]) {
            double g = gradient[i] + decay * before[i];
            velocity[i] = momentum * velocity[i] + g;
            double expected = before[i] - rate * (g + momentum * velocity[i]);
            assertThat((double) after[i]).isCloseTo(expected, within(2e-6));
          }
        }
      }
      float[] kept = trainer.momentum();
      for (int i = 0; i < kept.length; i++) {
        assertThat((double) kept[i]).isCloseTo(velocity[i], within(1e-5));
      }
    }
  }

  private static boolean[] statistics(ComputationGraph graph) {
    boolean[] statistic = new boolean[(int) graph.numParams()];
    for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
      INDArray array = entry.getValue();
      if (entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_var")) {
        int offset = (int) array.offset(); // the arrays are views of the flat vector
        Arrays.fill(statistic, offset, offset + (int) array.length(), true);
      }
    }
    return statistic;
  }

  @Test
  void runningStatisticsMoveATenthOfTheWayAndAreNeverDecayed() {
    ComputationGraph graph = Networks.build(PLAIN, 3);
    INDArray mean = graph.getParam("group1-block1-norm1_mean");
    INDArray variance = graph.getParam("group1-block1-norm1_var");
    try (SgdTrainer trainer = new SgdTrainer(graph, PLAIN, 0.9, 100)) {
      trainer.step(features, HEADS, LABELS, SIZE, 0);
      float firstMean = mean.getFloat(0);
      float firstVariance = variance.getFloat(0);
      trainer.step(features, HEADS, LABELS, SIZE, 0);
      // With a learning rate of 0 both steps see the same batch statistics m and v.
      assertThat(mean.getFloat(0)).isCloseTo(1.9f * firstMean, within(1e-5f));
      float batch = (firstVariance - 0.9f) / 0.1f;
      assertThat(variance.getFloat(0)).isCloseTo(0.81f + 0.19f * batch, within(1e-4f));
    }
  }

  @Test
  void lossIsThatBeforeTheStepAndFallsOverSteps() {
    ComputationGraph graph = Networks.build(PLAIN, 4);
    try (SgdTrainer trainer = new SgdTrainer(graph, PLAIN, 0.9, 1e-5)) {
      double still = trainer.step(features, HEADS, LABELS, SIZE, 0).loss();
      double first = trainer.step(features, HEADS, LABELS, SIZE, 0.05).loss();
      assertThat(first).isEqualTo(still);
      StepResult last = null;
      for (int i = 0; i < 30; i++) {
        last = trainer.step(features, HEADS, LABELS, SIZE, 0.05);
      }
      assertThat(last.loss()).isLessThan(0.1);
      assertThat(last.correct()).isEqualTo(SIZE);
    }
  }

  @Test
  void restoredMomentumContinuesToTheBit() {
    ComputationGraph whole = Networks.build(DROPPING, 5);
    ComputationGraph resumed = Networks.build(DROPPING, 5);
    try (SgdTrainer trainer = new SgdTrainer(whole, DROPPING, 0.9, 1e-3);
        SgdTrainer other = new SgdTrainer(resumed, DROPPING, 0.9, 1e-3)) {
      DropoutSeeds.seed(trainer, 1);
      trainer.step(features, HEADS, LABELS, SIZE, 0.1);
      resumed.params().assign(whole.params());
      other.restoreMomentum(trainer.momentum());
      DropoutSeeds.seed(trainer, 2);
      DropoutSeeds.seed(other, 2);
      trainer.step(features, HEADS, LABELS, SIZE, 0.1);
      other.step(features, HEADS, LABELS, SIZE, 0.1);
      assertThat(resumed.params().toFloatVector()).isEqualTo(whole.params().toFloatVector());
    }
  }

  @Test
  void membersTrainedSideBySideEqualMembersTrainedAlone() throws Exception {
    float[] alone = train(6);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<float[]> first = threads.submit(() -> train(6));
      Future<float[]> second = threads.submit(() -> train(6));
      assertThat(first.get()).isEqualTo(alone);
      assertThat(second.get()).isEqualTo(alone);
    } finally {
      threads.shutdownNow();
    }
  }

  private float[] train(long seed) {
    NativeThreads.use(1);
    ComputationGraph graph = Networks.build(DROPPING, seed);
    try (SgdTrainer trainer = new SgdTrainer(graph, DROPPING, 0.9, 1e-5)) {
      DropoutSeeds.seed(trainer, seed);
      for (int i = 0; i < 6; i++) {
        trainer.step(features, HEADS, LABELS, SIZE - i % 2, 0.05);
      }
    }
    return graph.params().toFloatVector();
  }

  @Test
  void dropoutDependsOnItsSeedOnly() {
    double[] losses = new double[3];
    long[] seeds = {1, 1, 2};
    for (int i = 0; i < seeds.length; i++) {
      ComputationGraph graph = Networks.build(DROPPING, 5);
      try (SgdTrainer trainer = new SgdTrainer(graph, DROPPING, 0.9, 0)) {
        DropoutSeeds.seed(trainer, seeds[i]);
        losses[i] = trainer.step(features, HEADS, LABELS, SIZE, 0).loss();
      }
    }
    assertThat(losses[1]).isEqualTo(losses[0]);
    assertThat(losses[2]).isNotEqualTo(losses[0]);
  }
}

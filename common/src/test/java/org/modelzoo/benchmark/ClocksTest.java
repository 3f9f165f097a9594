package org.modelzoo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;
import org.modelzoo.network.DropoutSeeds;
import org.modelzoo.network.NativeThreads;
import org.modelzoo.network.NetworkSpec;
import org.modelzoo.network.Networks;
import org.modelzoo.network.dl4j.SgdTrainer;

/** Looking at the clock changes nothing. */
class ClocksTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec("wrn-10-1", 0.2, new ImageShape(8, 8, 3), List.of(2, 3));

  @Test
  void aMeasuredNetworkLearnsTheSameBits() {
    NativeThreads.use(1);
    ComputationGraph plain = Networks.build(NETWORK, 1);
    ComputationGraph timed = Networks.build(NETWORK, 1);
    PhaseClock phases = PhaseClock.on(timed);
    List<VertexClock> layers = VertexClock.at(timed);
    float[] expected = train(plain);
    long begin = System.nanoTime();
    assertThat(train(timed)).isEqualTo(expected);
    StepTime last = phases.since(begin);
    assertThat(last.forward()).isPositive();
    assertThat(last.backward()).isPositive();
    assertThat(layers)
        .hasSize(plain.getNumLayers() + 3) // The sums of the three blocks are no layers.
        .allSatisfy(clock -> assertThat(clock.time(1).backwardMs()).isPositive());
  }

  private static float[] train(ComputationGraph graph) {
    float[] features = new float[4 * NETWORK.input().size()];
    IntStream.range(0, features.length).forEach(i -> features[i] = (i * 7919 % 1000) / 500f - 1);
    try (SgdTrainer trainer = new SgdTrainer(graph, NETWORK, 0.9, 1e-5)) {
      DropoutSeeds.seed(trainer, 3);
      for (int step = 0; step < 3; step++) {
        var unused =
            trainer.step(features, new int[] {0, 1, 0, 1}, new int[] {0, 2, 1, 1}, 4, 0.01);
      }
    }
    return graph.params().toFloatVector();
  }
}

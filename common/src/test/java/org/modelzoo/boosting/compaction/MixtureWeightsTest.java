package org.modelzoo.boosting.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelzoo.boosting.compaction.TaskOutputs.Output;

class MixtureWeightsTest {
  @Property(tries = 150)
  void weightsAreSharesAndTheLossIsNoHigher(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int members,
      @ForAll @IntRange(min = 1, max = 40) int examples) {
    TaskOutputs task = RandomZoo.of(seed, 1, members, examples).chooseBy().get(0);
    SortedMap<Integer, Double> zoo = task.weights(new TreeSet<>(task.members()));

    SortedMap<Integer, Double> fitted = MixtureWeights.fit(task, zoo);

    assertThat(fitted.keySet()).isEqualTo(zoo.keySet());
    assertThat(fitted.values()).allMatch(weight -> weight > 0);
    assertThat(fitted.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(task.score(fitted).loss()).isLessThanOrEqualTo(task.score(zoo).loss() + 1e-12);
  }

  /**
   * One member is certain of 3 of 4 images, the other of the fourth: with κ = 2 images that speak
   * for halves, w = (3 + 1) / (4 + 2).
   */
  @Test
  void theyAreTheSharesOfTheImagesThatMembersExplain() {
    TaskOutputs task =
        new TaskOutputs(
            2,
            new short[] {0, 0, 0, 0},
            List.of(
                new Output(3, 1, new float[] {1, 0, 1, 0, 1, 0, 0, 1}),
                new Output(7, 1, new float[] {0, 1, 0, 1, 0, 1, 1, 0})));

    SortedMap<Integer, Double> fitted =
        MixtureWeights.fit(task, new TreeMap<>(task.weights(new TreeSet<>(task.members()))));

    assertThat(fitted.get(3)).isCloseTo(4.0 / 6, within(1e-9));
    assertThat(fitted.get(7)).isCloseTo(2.0 / 6, within(1e-9));
  }
}

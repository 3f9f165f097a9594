package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TaskSamplerTest {
  @Property
  void drawsAreDifferentTasks(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(max = 1000) Double> anyWeights,
      @ForAll long seed) {
    double[] weights = array(anyWeights);
    SplittableRandom random = new SplittableRandom(seed);
    int count = random.nextInt(weights.length + 1);

    int[] drawn = TaskSampler.draw(weights, count, random);

    assertThat(drawn).hasSize(count).doesNotHaveDuplicates();
    assertThat(Arrays.stream(drawn)).allMatch(task -> task >= 0 && task < weights.length);
  }

  @Property
  void tasksOfWeightZeroComeAfterAllOthers(
      @ForAll @Size(min = 1, max = 12) boolean[] zero, @ForAll long seed) {
    double[] weights = new double[zero.length];
    int positive = 0;
    for (int task = 0; task < zero.length; task++) {
      weights[task] = zero[task] ? 0 : 1e-4 + task;
      positive += zero[task] ? 0 : 1;
    }

    int[] drawn = TaskSampler.draw(weights, weights.length, new SplittableRandom(seed));

    for (int i = 0; i < drawn.length; i++) {
      assertThat(weights[drawn[i]] > 0).isEqualTo(i < positive);
    }
  }

  @Test
  void successiveDrawsHaveTheProbabilitiesOfEnumeration() {
    double[] weights = {0.25, 1, 3, 0, 0.75};
    int trials = 400_000;
    int[][] counts = new int[weights.length][weights.length];
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < trials; trial++) {
      int[] drawn = TaskSampler.draw(weights, 2, random);
      counts[drawn[0]][drawn[1]]++;
    }

    for (int first = 0; first < weights.length; first++) {
      for (int second = 0; second < weights.length; second++) {
        double probability =
            first == second ? 0 : weights[first] / 5 * weights[second] / (5 - weights[first]);
        double deviation = Math.sqrt(probability * (1 - probability) / trials);
        assertThat(counts[first][second] / (double) trials)
            .isCloseTo(probability, within(4.5 * deviation));
      }
    }
  }

  @Test
  void theFirstDrawSplitsTheUnitIntervalByTheWeights() {
    double[] weights = {0.1, 0.7, 1.2};

    assertThat(TaskSampler.draw(weights, 1, new FixedDoubles(0.0))).containsExactly(0);
    assertThat(TaskSampler.draw(weights, 1, new FixedDoubles(0.0499))).containsExactly(0);
    assertThat(TaskSampler.draw(weights, 1, new FixedDoubles(0.0501))).containsExactly(1);
    assertThat(TaskSampler.draw(weights, 1, new FixedDoubles(0.3999))).containsExactly(1);
    assertThat(TaskSampler.draw(weights, 1, new FixedDoubles(0.4001))).containsExactly(2);
    assertThat(TaskSampler.draw(weights, 1, new FixedDoubles(Math.nextDown(1.0))))
        .containsExactly(2);
  }

  @Test
  void withoutAnyWeightAllTasksAreAlike() {
    assertThat(TaskSampler.draw(new double[] {0, 0, 0}, 3, new FixedDoubles(0.5, 0.9, 0)))
        .containsExactly(1, 2, 0);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> TaskSampler.draw(new double[] {1}, 2, new FixedDoubles()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskSampler.draw(new double[] {Double.NaN}, 1, new FixedDoubles()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskSampler.draw(new double[] {-1}, 1, new FixedDoubles()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

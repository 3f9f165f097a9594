package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Three rounds of each mode of the published algorithm, worked out by hand from w = exp((loss −
 * mean) / mean) and successive draws. e^0.2 = 1.2214028, e^0.5 = 1.6487213, e^1 = 2.7182818,
 * e^−0.25 = 0.7788008, e^−0.5 = 0.6065307, e^−0.6 = 0.5488116, e^−0.75 = 0.4723666, e^−1 =
 * 0.3678794.
 */
class PublishedAlgorithmTest {
  private static final Offset<Double> ROUNDING = within(5e-8);

  @Test
  void threeContinualRoundsOfTwoTasks() {
    // After round 0 with task 0 alone: loss 0.5 is its own mean, w = e^0.
    double[] afterFirst = TaskWeights.from(new double[] {0.5, Double.NaN, Double.NaN});
    assertThat(afterFirst).containsExactly(1, 1, 1);

    // Round 1: task 1 is new, and the one old task is drawn whatever u is.
    assertThat(TaskSampler.draw(new double[] {1}, 1, new FixedDoubles(0.99))).containsExactly(0);

    // Mean of 0.6 and 0.2 is 0.4; (0.6 − 0.4) / 0.4 = 0.5 and −0.5.
    double[] afterSecond = TaskWeights.from(new double[] {0.6, 0.2, Double.NaN});
    assertThat(afterSecond).containsExactly(new double[] {1.6487213, 0.6065307, 1}, ROUNDING);

    // Round 2: task 2 is new; task 0 has 1.6487213 of 2.2552519, that is 0.7310586.
    double[] old = {afterSecond[0], afterSecond[1]};
    assertThat(TaskSampler.draw(old, 1, new FixedDoubles(0.7310))).containsExactly(0);
    assertThat(TaskSampler.draw(old, 1, new FixedDoubles(0.7311))).containsExactly(1);

    // Mean of 0.3, 0.1, 0.8 is 0.4; exponents −0.25, −0.75, 1.
    assertThat(TaskWeights.from(new double[] {0.3, 0.1, 0.8}))
        .containsExactly(new double[] {0.7788008, 0.4723666, 2.7182818}, ROUNDING);
  }

  @Test
  void threeMultiTaskRoundsOfTwoOfFourTasks() {
    // Round 0, weights 1 1 1 1. 0.6 · 4 = 2.4: running sums 1 2 3, task 2. Left 0 1 3, total 3,
    // 0.4 · 3 = 1.2: running sums 1 2, task 1.
    assertThat(TaskSampler.draw(new double[] {1, 1, 1, 1}, 2, new FixedDoubles(0.6, 0.4)))
        .containsExactly(2, 1);

    // Mean of 1.2, 0.4, 0.4, 2.0 is 1; exponents 0.2, −0.6, −0.6, 1.
    double[] second = TaskWeights.from(new double[] {1.2, 0.4, 0.4, 2.0});
    assertThat(second)
        .containsExactly(new double[] {1.2214028, 0.5488116, 0.5488116, 2.7182818}, ROUNDING);
    // Round 1, total 5.0373079. 0.5 · 5.0373079 = 2.5186539: running sums 1.2214028 1.7702144
    // 2.3190260 5.0373079, task 3. Left 0 1 2, total 2.3190260, 0.6 · that = 1.3914156: running
    // sums
    // 1.2214028 1.7702144, task 1.
    assertThat(TaskSampler.draw(second, 2, new FixedDoubles(0.5, 0.6))).containsExactly(3, 1);

    // Mean of 0.3, 0.1, 0.4, 0 is 0.2; exponents 0.5, −0.5, 1, −1.
    double[] third = TaskWeights.from(new double[] {0.3, 0.1, 0.4, 0});
    assertThat(third)
        .containsExactly(new double[] {1.6487213, 0.6065307, 2.7182818, 0.3678794}, ROUNDING);
    // Round 2, total 5.3414132. 0.42 · 5.3414132 = 2.2433935: running sums 1.6487213 2.2552519,
    // task 1. Left 0 2 3, total 4.7348825, 0.9 · that = 4.2613943: running sums 1.6487213
    // 4.3670031,
    // task 2.
    assertThat(TaskSampler.draw(third, 2, new FixedDoubles(0.42, 0.9))).containsExactly(1, 2);
  }
}

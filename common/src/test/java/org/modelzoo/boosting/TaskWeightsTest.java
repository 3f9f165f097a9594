package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TaskWeightsTest {
  private static final double UNSEEN = Double.NaN;

  @Property
  void weightsAreWithinTheirBounds(
      @ForAll @Size(max = 40) List<@DoubleRange(max = 30) Double> anyLosses) {
    double[] losses = array(anyLosses);
    assertThat(Arrays.stream(TaskWeights.from(losses)).boxed())
        .hasSameSizeAs(losses)
        .allSatisfy(weight -> assertThat(weight).isBetween(TaskWeights.LEAST, TaskWeights.MOST));
  }

  @Property
  void theHigherTheLossTheHigherTheWeight(
      @ForAll @Size(min = 2, max = 20) List<@DoubleRange(max = 30) Double> anyLosses) {
    double[] losses = array(anyLosses);
    double[] sorted = losses.clone();
    Arrays.sort(sorted);

    assertThat(TaskWeights.from(sorted)).isSorted();
  }

  @Property
  void tasksInAnotherOrderHaveTheSameWeights(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(max = 30) Double> anyLosses) {
    double[] losses = array(anyLosses);
    double[] reversed = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      reversed[i] = losses[losses.length - 1 - i];
    }

    double[] weights = TaskWeights.from(losses);
    double[] weightsReversed = TaskWeights.from(reversed);

    for (int i = 0; i < losses.length; i++) {
      assertThat(weightsReversed[i])
          .isCloseTo(weights[losses.length - 1 - i], within(1e-9 * TaskWeights.MOST));
    }
  }

  @Property
  void theUnitOfTheLossDoesNotMatter(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0.01, max = 30) Double> anyLosses,
      @ForAll @DoubleRange(min = 0.01, max = 100) double factor) {
    double[] losses = array(anyLosses);
    double[] scaled = Arrays.stream(losses).map(loss -> loss * factor).toArray();

    assertThat(TaskWeights.from(scaled))
        .containsExactly(TaskWeights.from(losses), within(1e-9 * TaskWeights.MOST));
  }

  @Property
  void unseenTasksKeepWeightOneAndDoNotMoveTheOthers(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(max = 30) Double> anyLosses) {
    double[] losses = array(anyLosses);
    double[] longer = Arrays.copyOf(losses, losses.length + 2);
    longer[losses.length] = UNSEEN;
    longer[losses.length + 1] = UNSEEN;

    double[] weights = TaskWeights.from(longer);

    assertThat(Arrays.copyOf(weights, losses.length)).isEqualTo(TaskWeights.from(losses));
    assertThat(Arrays.copyOfRange(weights, losses.length, longer.length)).containsExactly(1, 1);
  }

  @Test
  void aMeanOverAllTasksTakesThoseNotSeenForUniformlyPredicted() {
    // ln 5 = 1.6094379, ln 2 = 0.6931472; (0.4 + 0.2 + 1.6094379 + 0.6931472) / 4 = 0.7256463.
    // Exponents 0.4 / 0.7256463 − 1 = −0.4487672 and 0.2 / 0.7256463 − 1 = −0.7243836.
    double[] losses = {0.4, UNSEEN, 0.2, UNSEEN};

    assertThat(TaskWeights.fromAll(losses, List.of(9, 5, 9, 2)))
        .containsExactly(new double[] {0.6384145, 1, 0.4846233, 1}, within(1e-6));
    // Over the tasks seen: exponents 1/3 and −1/3.
    assertThat(TaskWeights.from(losses))
        .containsExactly(new double[] {1.3956124, 1, 0.7165313, 1}, within(1e-6));
  }

  @Test
  void aMeanOverAllTasksDrawsThoseOfHalfARunAlmostUniformly() {
    // Ten of twenty tasks seen, their mean 0.0325: e^(0.145 / 0.0325) = e^4.4615. With ten times
    // ln 5, the mean is (0.325 + 16.094379) / 20 = 0.8209690: e^(0.145 / 0.8209690) = e^0.1766.
    double[] losses = new double[20];
    Arrays.fill(losses, UNSEEN);
    Arrays.fill(losses, 0, 5, 0.005);
    Arrays.fill(losses, 5, 9, 0.0375);
    losses[9] = 0.15;

    assertThat(contrast(TaskWeights.from(losses), 10)).isCloseTo(86.6, within(0.1));
    assertThat(contrast(TaskWeights.fromAll(losses, fives(20)), 10)).isCloseTo(1.19, within(0.01));
  }

  @Property
  void aMeanOverAllTasksDrawsMoreUniformly(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0.01, max = 1.6) Double> seen) {
    int count = seen.size();
    double[] losses = Arrays.copyOf(array(seen), 2 * count);
    Arrays.fill(losses, count, 2 * count, UNSEEN);

    double overAll = contrast(TaskWeights.fromAll(losses, fives(2 * count)), count);

    assertThat(overAll)
        .isLessThan(Math.exp(2))
        .isLessThanOrEqualTo(contrast(TaskWeights.from(losses), count) + 1e-9);
  }

  @Property
  void onceAllTasksAreSeenBothMeansAreTheSame(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(max = 30) Double> anyLosses) {
    double[] losses = array(anyLosses);

    assertThat(TaskWeights.fromAll(losses, fives(losses.length)))
        .isEqualTo(TaskWeights.from(losses));
  }

  @Test
  void whereNothingIsLeftToLearnAllWeightsAreOne() {
    assertThat(TaskWeights.from(new double[] {0, UNSEEN, 0})).containsExactly(1, 1, 1);
    assertThat(TaskWeights.from(new double[] {UNSEEN})).containsExactly(1);
    assertThat(TaskWeights.from(new double[0])).isEmpty();
  }

  @Test
  void oneBadTaskAmongManyIsClippedAtTheTop() {
    // Mean 1/9, exponent (1 − 1/9) · 9 = 8, e^8 = 2981 > 1000; the others have exponent −1.
    double[] losses = {0, 0, 0, 0, 1, 0, 0, 0, 0};

    assertThat(TaskWeights.from(losses)[4]).isEqualTo(1000);
    assertThat(TaskWeights.from(losses)[0]).isCloseTo(0.3678794, within(1e-7));
  }

  @Test
  void aLossThatCannotBeIsRefused() {
    assertThatThrownBy(() -> TaskWeights.from(new double[] {-0.1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskWeights.from(new double[] {Double.POSITIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The largest over the smallest probability of the first tasks in a draw. */
  private static double contrast(double[] weights, int tasks) {
    double[] seen = Arrays.copyOf(weights, tasks);
    Arrays.sort(seen);
    return seen[tasks - 1] / seen[0];
  }

  private static List<Integer> fives(int tasks) {
    return Collections.nCopies(tasks, 5);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

package org.modelzoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ContinualMeasuresTest {
  private static final double UNKNOWN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void threeContinualRoundsByHand() {
    AccuracyMatrix matrix =
        AccuracyMatrix.empty(3)
            .withRound(new double[] {0.5, UNKNOWN, UNKNOWN}, List.of(0))
            .withRound(new double[] {0.9, 0.6, UNKNOWN}, List.of(1, 0))
            .withRound(new double[] {0.7, 0.8, 0.3}, List.of(2, 1));

    ContinualMeasures measures = ContinualMeasures.of(matrix);

    // (0.7 + 0.8 + 0.3) / 3
    assertThat(measures.averageAccuracy()).isCloseTo(0.6, ROUNDING);
    assertThat(ContinualMeasures.averageAccuracy(matrix)).isEqualTo(measures.averageAccuracy());
    // (0.5 + 0.6 + 0.3) / 3
    assertThat(measures.learningAccuracy()).isCloseTo(1.4 / 3, ROUNDING);
    // ((0.9 − 0.7) + 0 + 0) / 3
    assertThat(measures.forgetting()).isCloseTo(0.2 / 3, ROUNDING);
    // ((0.7 − 0.5) + (0.8 − 0.6)) / 2
    assertThat(measures.backwardTransfer()).isCloseTo(0.2, ROUNDING);
  }

  @Test
  void multiTaskRunsCountATaskFromItsFirstMember() {
    AccuracyMatrix matrix =
        AccuracyMatrix.empty(3)
            .withRound(new double[] {0.6, 0.5, 0.2}, List.of(0))
            .withRound(new double[] {0.5, 0.8, 0.2}, List.of(0, 1));

    ContinualMeasures measures = ContinualMeasures.of(matrix);

    // Task 2 never has a member: it counts in the average alone.
    assertThat(measures.averageAccuracy()).isCloseTo(0.5, ROUNDING);
    assertThat(measures.learningAccuracy()).isCloseTo((0.6 + 0.8) / 2, ROUNDING);
    assertThat(measures.forgetting()).isCloseTo(0.1 / 2, ROUNDING);
    assertThat(measures.backwardTransfer()).isCloseTo(-0.1, ROUNDING);
  }

  @Test
  void methodsOfOneRoundForgetNothingAndHaveNoBackwardTransfer() {
    AccuracyMatrix matrix =
        AccuracyMatrix.empty(2).withRound(new double[] {0.25, 0.75}, List.of(0, 1));

    assertThat(ContinualMeasures.of(matrix)).isEqualTo(new ContinualMeasures(0.5, 0.5, 0, UNKNOWN));
  }

  @Test
  void everyMeasureComesWithItsFormula() {
    assertThat(new ContinualMeasures(0.1, 0.2, 0.3, 0.4).list())
        .extracting(ContinualMeasures.Measure::value)
        .containsExactly(0.1, 0.2, 0.3, 0.4);
    assertThat(new ContinualMeasures(0.1, 0.2, 0.3, 0.4).list())
        .allSatisfy(measure -> assertThat(measure.formula()).startsWith("mean over i"));
  }

  @Test
  void beforeTheFirstRoundThereIsNothingToMeasure() {
    assertThatThrownBy(() -> ContinualMeasures.of(AccuracyMatrix.empty(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void measuresAreWithinTheirBounds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int tasks) {
    Random random = new Random(seed);
    ContinualMeasures measures = ContinualMeasures.of(continual(tasks, random::nextDouble));

    assertThat(measures.averageAccuracy()).isBetween(0.0, 1.0);
    assertThat(measures.learningAccuracy()).isBetween(0.0, 1.0);
    assertThat(measures.forgetting()).isBetween(0.0, 1.0);
    if (tasks > 1) {
      assertThat(measures.backwardTransfer()).isBetween(-1.0, 1.0);
      // The last task adds nothing to last − learned, so both means differ in their divisor alone.
      double difference = measures.averageAccuracy() - measures.learningAccuracy();
      assertThat(measures.backwardTransfer() * (tasks - 1))
          .isCloseTo(difference * tasks, within(1e-9));
      assertThat(measures.forgetting() * tasks)
          .isGreaterThanOrEqualTo(-measures.backwardTransfer() * (tasks - 1) - 1e-9);
    }
  }

  @Property(tries = 100)
  void whereAccuracyNeverChangesNothingIsForgotten(
      @ForAll @DoubleRange(max = 1) double accuracy,
      @ForAll @IntRange(min = 2, max = 10) int tasks) {
    ContinualMeasures measures = ContinualMeasures.of(continual(tasks, () -> accuracy));

    assertThat(measures.forgetting()).isZero();
    assertThat(measures.backwardTransfer()).isZero();
    assertThat(measures.averageAccuracy()).isCloseTo(accuracy, ROUNDING);
    assertThat(measures.learningAccuracy()).isCloseTo(accuracy, ROUNDING);
  }

  private static AccuracyMatrix continual(int tasks, DoubleSupplier accuracy) {
    AccuracyMatrix matrix = AccuracyMatrix.empty(tasks);
    for (int round = 0; round < tasks; round++) {
      double[] row = new double[tasks];
      Arrays.fill(row, UNKNOWN);
      IntStream.rangeClosed(0, round).forEach(task -> row[task] = accuracy.getAsDouble());
      matrix = matrix.withRound(row, List.of(round));
    }
    return matrix;
  }
}

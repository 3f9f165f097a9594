package org.modelzoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {
  private static final double UNKNOWN = Double.NaN;

  @Test
  void aRoundAppendedLeavesTheMatrixBeforeAsItWas() {
    double[] row = {0.5, UNKNOWN};
    AccuracyMatrix one = AccuracyMatrix.empty(2).withRound(row, List.of(0));
    row[0] = 0.9;
    AccuracyMatrix two = one.withRound(new double[] {0.6, 0.7}, List.of(1, 0));

    assertThat(one.rounds()).isEqualTo(1);
    assertThat(two.rounds()).isEqualTo(2);
    assertThat(two.tasks()).isEqualTo(2);
    assertThat(two.accuracy(0, 0)).isEqualTo(0.5);
    assertThat(two.last(1)).isEqualTo(0.7);
    assertThat(two.round(0)).containsExactly(0.5, UNKNOWN);
    assertThat(one.firstTrained(1)).isEmpty();
    assertThat(two.firstTrained(0)).hasValue(0);
    assertThat(two.firstTrained(1)).hasValue(1);
  }

  @Test
  void aTaskThatHasHadAMemberAlwaysHasAnAccuracy() {
    AccuracyMatrix matrix = AccuracyMatrix.empty(2);

    assertThatThrownBy(() -> matrix.withRound(new double[] {UNKNOWN, UNKNOWN}, List.of(0)))
        .hasMessage("the accuracy of task 0 is in [0, 1], not NaN");
    assertThatThrownBy(() -> matrix.withRound(new double[] {1.1, UNKNOWN}, List.of()))
        .hasMessage("the accuracy of task 0 is in [0, 1], not 1.1");
    assertThatThrownBy(() -> matrix.withRound(new double[] {1}, List.of()))
        .hasMessage("1 accuracies of 2 tasks");
  }
}

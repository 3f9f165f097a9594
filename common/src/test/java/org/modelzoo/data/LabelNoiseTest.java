package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
  /** No true label is −1, so every replaced label shows. */
  private static short[] untouched(int size) {
    short[] labels = new short[size];
    Arrays.fill(labels, (short) -1);
    return labels;
  }

  private static long replaced(short[] labels) {
    int replaced = 0;
    for (short label : labels) {
      replaced += label >= 0 ? 1 : 0;
    }
    return replaced;
  }

  @Test
  void replacesExactlyItsShareOverAllParts() {
    short[] train = untouched(900);
    short[] validation = untouched(100);

    LabelNoise.apply(0.3, 5, 1, 0, train, validation);

    assertThat(replaced(train) + replaced(validation)).isEqualTo(300);
    assertThat(replaced(validation)).isBetween(15L, 45L);
  }

  @Test
  void drawsAllLabelsOfTheTaskEvenly() {
    short[] labels = untouched(10_000);

    LabelNoise.apply(1, 5, 1, 0, labels);

    int[] counts = new int[5];
    for (short label : labels) {
      counts[label]++;
    }
    // Five standard deviations of a binomial with n = 10 000, p = 0.2.
    assertThat(Arrays.stream(counts).boxed()).allMatch(count -> Math.abs(count - 2000) < 200);
  }

  @Test
  void dependsOnSeedAndTask() {
    short[] first = untouched(100);
    short[] again = untouched(100);
    short[] otherTask = untouched(100);
    LabelNoise.apply(0.5, 5, 1, 0, first);
    LabelNoise.apply(0.5, 5, 1, 0, again);
    LabelNoise.apply(0.5, 5, 1, 1, otherTask);

    assertThat(again).isEqualTo(first);
    assertThat(otherTask).isNotEqualTo(first);
  }

  @Test
  void leavesCleanTasksAlone() {
    short[] labels = untouched(10);
    LabelNoise.apply(0, 5, 1, 0, labels);
    assertThat(replaced(labels)).isZero();
  }
}

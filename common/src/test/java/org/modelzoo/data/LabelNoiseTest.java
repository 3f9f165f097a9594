package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.TaskConfig;

class LabelNoiseTest {
  /** No label of a task, so every replaced label shows. */
  private static final short UNTOUCHED = 9;

  private static short[] untouched(int size) {
    short[] labels = new short[size];
    Arrays.fill(labels, UNTOUCHED);
    return labels;
  }

  private static TaskConfig task(double noise, Integer... noisyClasses) {
    return new TaskConfig("task", List.of(4, 30, 55, 72, 95), 0, 0, noise, List.of(noisyClasses));
  }

  private static long replaced(short[] labels) {
    int replaced = 0;
    for (short label : labels) {
      replaced += label == UNTOUCHED ? 0 : 1;
    }
    return replaced;
  }

  @Test
  void replacesExactlyItsShareOverAllParts() {
    short[] train = untouched(900);
    short[] validation = untouched(100);

    LabelNoise.apply(task(0.3), 1, 0, train, validation);

    assertThat(replaced(train) + replaced(validation)).isEqualTo(300);
    assertThat(replaced(validation)).isBetween(15L, 45L);
  }

  @Test
  void drawsAllLabelsOfTheTaskEvenly() {
    short[] labels = untouched(10_000);

    LabelNoise.apply(task(1), 1, 0, labels);

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
    LabelNoise.apply(task(0.5), 1, 0, first);
    LabelNoise.apply(task(0.5), 1, 0, again);
    LabelNoise.apply(task(0.5), 1, 1, otherTask);

    assertThat(again).isEqualTo(first);
    assertThat(otherTask).isNotEqualTo(first);
  }

  @Test
  void takesItsShareOfTheLabelsOfTheNoisyClassesAlone() {
    short[] labels = new short[1000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) (i % 5);
    }

    LabelNoise.apply(task(1, 30, 72), 1, 0, labels);

    int[][] counts = new int[5][5];
    for (int i = 0; i < labels.length; i++) {
      counts[i % 5][labels[i]]++;
    }
    for (int clean : new int[] {0, 2, 4}) {
      assertThat(counts[clean][clean]).isEqualTo(200);
    }
    for (int noisy : new int[] {1, 3}) {
      // Five standard deviations of a binomial with n = 200, p = 0.2.
      assertThat(Arrays.stream(counts[noisy]).boxed()).allMatch(count -> Math.abs(count - 40) < 29);
    }
  }

  @Test
  void leavesCleanTasksAlone() {
    short[] labels = untouched(10);
    LabelNoise.apply(task(0), 1, 0, labels);
    assertThat(replaced(labels)).isZero();
  }
}

package org.modelzoo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Confusion matrices and calibration. */
class EvaluationMetricsTest {
  @Test
  void theCalibrationErrorOfAnExampleIsWhatOneComputesByHand() {
    // Bin 7 of 15 is [7/15, 8/15): two images of confidence 0.5, one right. Bin 13: 0.9, both
    // right.
    Calibration calibration =
        Calibration.of(new float[] {.5f, .5f, .9f, .9f}, new boolean[] {true, false, true, true});
    assertThat(calibration.error()).isCloseTo((2 * 0 + 2 * 0.1) / 4, within(1e-7));
    assertThat(calibration.bins().get(7)).isEqualTo(new Calibration.Bin(2, 1, 1.0));
  }

  @Test
  void certaintyThatIsAlwaysRightIsCalibratedAndAlwaysWrongIsNot() {
    float[] certain = {1, 1, 1};
    assertThat(Calibration.of(certain, new boolean[] {true, true, true}).error()).isZero();
    assertThat(Calibration.of(certain, new boolean[3]).error()).isEqualTo(1);
  }

  @Property(tries = 200)
  void theCalibrationErrorIsAShareAndDoesNotDependOnTheOrderOrOnParts(
      @ForAll @Size(min = 2, max = 60) List<@FloatRange(min = 0, max = 1) Float> given,
      @ForAll long seed) {
    float[] confidences = new float[given.size()];
    boolean[] correct = new boolean[given.size()];
    for (int i = 0; i < confidences.length; i++) {
      confidences[i] = given.get(i);
      correct[i] = (seed >> (i % 64) & 1) == 1;
    }
    Calibration all = Calibration.of(confidences, correct);
    int cut = confidences.length / 2;
    Calibration parts =
        part(confidences, correct, cut, confidences.length)
            .plus(part(confidences, correct, 0, cut));

    assertThat(all.error()).isBetween(0.0, 1.0);
    assertThat(parts.error()).isCloseTo(all.error(), within(1e-12));
    // No binning makes it less than the difference of the means.
    double confidence = 0;
    int right = 0;
    for (int i = 0; i < confidences.length; i++) {
      confidence += confidences[i];
      right += correct[i] ? 1 : 0;
    }
    assertThat(all.error() + 1e-9)
        .isGreaterThanOrEqualTo(Math.abs(right - confidence) / confidences.length);
  }

  private static Calibration part(float[] confidences, boolean[] correct, int from, int to) {
    return Calibration.of(
        Arrays.copyOfRange(confidences, from, to), Arrays.copyOfRange(correct, from, to));
  }

  @Property(tries = 200)
  void aConfusionMatrixCountsEveryImageOnce(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 0, max = 3) Integer> classes,
      @ForAll @IntRange(min = 0, max = 3) int shift) {
    short[] truth = new short[classes.size()];
    int[] predicted = new int[classes.size()];
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      truth[i] = classes.get(i).shortValue();
      predicted[i] = (classes.get(i) + (i % 2 == 0 ? shift : 0)) % 4;
      right += truth[i] == predicted[i] ? 1 : 0;
    }
    ConfusionMatrix matrix = ConfusionMatrix.of(4, truth, predicted);

    assertThat(matrix.images()).isEqualTo(truth.length);
    assertThat(matrix.correct()).isEqualTo(right);
    for (int label = 0; label < 4; label++) {
      int current = label;
      assertThat(matrix.counts().get(label).stream().mapToLong(Long::longValue).sum())
          .isEqualTo(classes.stream().filter(value -> value == current).count());
    }
  }
}

package org.modelzoo.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TaskEnsembleTest {
  @Test
  void withoutAMemberItPredictsUniformly() {
    TaskEnsemble ensemble = new TaskEnsemble(2, 4);
    short[] labels = {0, 3};

    assertThat(ensemble.members()).isZero();
    assertThat(ensemble.probabilities()).containsOnly(0.25f);
    assertThat(ensemble.loss(labels)).isCloseTo(Math.log(4), within(1e-12));
    assertThat(ensemble.accuracy(labels)).isEqualTo(0.5);
  }

  @Test
  void itIsTheWeightedMeanOfItsMembers() {
    TaskEnsemble ensemble = new TaskEnsemble(2, 2);
    ensemble.add(new float[] {1, 0, 0.5f, 0.5f}, 3);
    ensemble.add(new float[] {0, 1, 0.25f, 0.75f}, 1);

    // (3 · 1 + 0) / 4, (3 · 0.5 + 0.25) / 4
    assertThat(ensemble.probabilities()).containsExactly(0.75f, 0.25f, 0.4375f, 0.5625f);
    assertThat(ensemble.members()).isEqualTo(2);
    assertThat(ensemble.loss(new short[] {0, 0}))
        .isCloseTo(-(Math.log(0.75) + Math.log(0.4375)) / 2, within(1e-12));
    assertThat(ensemble.accuracy(new short[] {0, 0})).isEqualTo(0.5);
    assertThat(ensemble.accuracy(new short[] {0, 1})).isEqualTo(1);
  }

  @Test
  void ofEquallyLikelyClassesTheLowestCounts() {
    TaskEnsemble ensemble = new TaskEnsemble(1, 3);
    ensemble.add(new float[] {0.2f, 0.4f, 0.4f}, 1);

    assertThat(ensemble.accuracy(new short[] {1})).isEqualTo(1);
    assertThat(ensemble.accuracy(new short[] {2})).isZero();
  }

  @Test
  void theLossStaysFiniteAtProbabilityZero() {
    TaskEnsemble ensemble = new TaskEnsemble(1, 2);
    ensemble.add(new float[] {0, 1}, 1);

    assertThat(ensemble.loss(new short[] {0})).isCloseTo(12 * Math.log(10), within(1e-9));
  }

  @Test
  void withoutExamplesLossAndAccuracyAreUndefined() {
    assertThat(new TaskEnsemble(0, 2).loss(new short[0])).isNaN();
    assertThat(new TaskEnsemble(0, 2).accuracy(new short[0])).isNaN();
  }

  @Property
  void theLossOfTheMeanIsAtMostTheMeanOfTheLosses(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int examples,
      @ForAll @IntRange(min = 2, max = 6) int classes) {
    Random random = new Random(seed);
    short[] labels = new short[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = (short) random.nextInt(classes);
    }
    TaskEnsemble both = new TaskEnsemble(examples, classes);
    double sum = 0;
    for (int member = 0; member < 2; member++) {
      float[] probabilities = softmax(examples, classes, random);
      both.add(probabilities, 1);
      TaskEnsemble alone = new TaskEnsemble(examples, classes);
      alone.add(probabilities, 5);
      sum += alone.loss(labels);
    }

    // Jensen's inequality: −log is convex.
    assertThat(both.loss(labels)).isLessThanOrEqualTo(sum / 2 + 1e-9);
    assertThat(both.accuracy(labels)).isBetween(0.0, 1.0);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    TaskEnsemble ensemble = new TaskEnsemble(1, 2);

    assertThatThrownBy(() -> ensemble.add(new float[] {1}, 1))
        .hasMessage("1 probabilities where there are 2");
    assertThatThrownBy(() -> ensemble.add(new float[] {Float.NaN, 1}, 1))
        .hasMessage("a probability is at least 0, not NaN");
    assertThatThrownBy(() -> ensemble.add(new float[] {0, 1}, 0))
        .hasMessage("a member's weight is above 0, not 0.0");
    assertThatThrownBy(() -> ensemble.loss(new short[] {2})).hasMessage("label 2 of 2 classes");
    assertThatThrownBy(() -> ensemble.accuracy(new short[] {0, 0}))
        .hasMessage("2 labels for 1 examples");
    assertThat(ensemble.members()).isZero();
  }

  private static float[] softmax(int examples, int classes, Random random) {
    float[] probabilities = new float[examples * classes];
    for (int example = 0; example < examples; example++) {
      double total = 0;
      double[] exponentials = new double[classes];
      for (int label = 0; label < classes; label++) {
        exponentials[label] = Math.exp(2 * random.nextGaussian());
        total += exponentials[label];
      }
      for (int label = 0; label < classes; label++) {
        probabilities[example * classes + label] = (float) (exponentials[label] / total);
      }
    }
    return probabilities;
  }
}

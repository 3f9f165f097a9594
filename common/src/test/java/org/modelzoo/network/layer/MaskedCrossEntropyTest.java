package org.modelzoo.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MaskedCrossEntropyTest {
  private final MaskedCrossEntropy loss = new MaskedCrossEntropy(2, 3);

  // Softmax over ln 1, ln 3 is 1/4, 3/4; over ln 1, ln 1, ln 2 it is 1/4, 1/4, 1/2.
  private final INDArray logits =
      Nd4j.createFromArray(
          new double[][] {
            {0, Math.log(3), 9, 9, 9},
            {9, 9, 0, 0, Math.log(2)}
          });
  private final INDArray labels =
      Nd4j.createFromArray(new double[][] {{0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}});

  @Test
  void lossLooksAtTheColumnsOfTheLabelsHeadOnly() {
    MaskedCrossEntropy.Result result = loss.evaluate(labels, logits);
    assertThat(result.losses()[0]).isCloseTo(Math.log(4.0 / 3), within(1e-12));
    assertThat(result.losses()[1]).isCloseTo(Math.log(4), within(1e-12));
    assertThat(result.correct()).isEqualTo(1);
  }

  @Test
  void gradientIsSoftmaxMinusOneHotInTheHeadAndZeroElsewhere() {
    double[][] gradient = loss.computeGradient(labels, logits, null, null).toDoubleMatrix();
    assertThat(gradient[0]).containsExactly(new double[] {0.25, -0.25, 0, 0, 0}, within(1e-12));
    assertThat(gradient[1]).containsExactly(new double[] {0, 0, -0.75, 0.25, 0.5}, within(1e-12));
  }

  @Test
  void scoreIsASumUnlessAnAverageIsAskedFor() {
    double sum = Math.log(16.0 / 3);
    assertThat(loss.computeScore(labels, logits, null, null, false)).isCloseTo(sum, within(1e-12));
    assertThat(loss.computeScore(labels, logits, null, null, true))
        .isCloseTo(sum / 2, within(1e-12));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    INDArray huge = Nd4j.createFromArray(new double[][] {{1e4, -1e4, 0, 0, 0}});
    INDArray first = Nd4j.createFromArray(new double[][] {{1, 0, 0, 0, 0}});
    assertThat(loss.evaluate(first, huge).sum()).isZero();
  }

  @Test
  void rowWithoutALabelIsRefused() {
    assertThatThrownBy(() -> loss.evaluate(Nd4j.zeros(2, 5), logits))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.modelzoo.network.layer;

import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Softmax cross-entropy of each image over the columns of its own head only. Labels are one-hot [n,
 * outputs]; the column of the label also tells the head. Logits of the other heads get no gradient,
 * so a batch may mix tasks.
 *
 * <p>The few numbers per image are worked out in double precision on the host.
 */
public final class MaskedCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int[] headSizes;

  /**
   * @param headSizes columns of each head, side by side
   */
  public MaskedCrossEntropy(int... headSizes) {
    this.headSizes = headSizes.clone();
  }

  private MaskedCrossEntropy() {} // for Jackson

  /**
   * What a batch came to.
   *
   * @param losses natural-log loss of each image
   * @param correct images whose largest logit within their head is at the label
   * @param gradient of the sum of the losses with respect to the logits
   */
  public record Result(double[] losses, int correct, INDArray gradient) {
    /** Sum of the losses. */
    public double sum() {
      return Arrays.stream(losses).sum();
    }
  }

  /** Loss and gradient of a batch. */
  public Result evaluate(INDArray labels, INDArray logits) {
    double[][] values = logits.toDoubleMatrix();
    double[][] targets = labels.toDoubleMatrix();
    double[][] gradient = new double[values.length][logits.columns()];
    double[] losses = new double[values.length];
    int correct = 0;
    for (int i = 0; i < values.length; i++) {
      int label = labelColumn(targets[i]);
      int start = headStart(label);
      int end = start + headSizes[headOf(label)];
      losses[i] = crossEntropy(values[i], start, end, label, gradient[i]);
      correct += largest(values[i], start, end) == label ? 1 : 0;
    }
    INDArray result = Nd4j.createFromArray(gradient).castTo(logits.dataType());
    return new Result(losses, correct, result);
  }

  /** Writes softmax − one-hot into the gradient and returns −log softmax at the label. */
  private static double crossEntropy(
      double[] logits, int start, int end, int label, double[] gradient) {
    double maximum = logits[largest(logits, start, end)];
    double sum = 0;
    for (int column = start; column < end; column++) {
      gradient[column] = Math.exp(logits[column] - maximum);
      sum += gradient[column];
    }
    for (int column = start; column < end; column++) {
      gradient[column] /= sum;
    }
    gradient[label] -= 1;
    return Math.log(sum) + maximum - logits[label];
  }

  private static int largest(double[] values, int start, int end) {
    int best = start;
    for (int column = start + 1; column < end; column++) {
      if (values[column] > values[best]) {
        best = column;
      }
    }
    return best;
  }

  private static int labelColumn(double[] oneHot) {
    for (int column = 0; column < oneHot.length; column++) {
      if (oneHot[column] != 0) {
        return column;
      }
    }
    throw new IllegalArgumentException("a row of the labels has no one in it");
  }

  private int headOf(int column) {
    int end = 0;
    for (int head = 0; head < headSizes.length; head++) {
      end += headSizes[head];
      if (column < end) {
        return head;
      }
    }
    throw new IllegalArgumentException(
        "label column " + column + " lies beyond the " + end + " columns of all heads");
  }

  private int headStart(int column) {
    return Arrays.stream(headSizes, 0, headOf(column)).sum();
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    double sum = evaluateUnmasked(labels, logits, mask).sum();
    return average ? sum / logits.rows() : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    double[] losses = evaluateUnmasked(labels, logits, mask).losses();
    return Nd4j.createFromArray(losses).reshape(losses.length, 1).castTo(logits.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    return evaluateUnmasked(labels, logits, mask).gradient();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    Result result = evaluateUnmasked(labels, logits, mask);
    double score = average ? result.sum() / logits.rows() : result.sum();
    return new Pair<>(score, result.gradient());
  }

  private Result evaluateUnmasked(INDArray labels, INDArray logits, INDArray mask) {
    if (mask != null) {
      throw new UnsupportedOperationException(
          "label masks are not supported: the label's column"
              + " already says which head an image belongs to");
    }
    return evaluate(labels, logits);
  }

  @Override
  public String name() {
    return "masked cross-entropy";
  }
}

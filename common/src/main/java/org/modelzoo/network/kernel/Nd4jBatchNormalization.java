package org.modelzoo.network.kernel;

import static org.modelzoo.network.kernel.Nd4jOperations.Transposition.PLAIN;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation by ND4J. An NHWC array is a matrix with a row per pixel and a column per
 * channel; every mean over a column is a product with a row of 1/rows, the fastest reduction ND4J
 * has.
 */
final class Nd4jBatchNormalization implements BatchNormalizationKernel {
  private final BatchNormalizationShape shape;
  private INDArray averagingRow;
  private INDArray output;

  Nd4jBatchNormalization(BatchNormalizationShape shape) {
    this.shape = shape;
  }

  @Override
  public INDArray infer(
      INDArray input,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      LayerWorkspaceMgr workspaces) {
    INDArray normalised = create(ArrayType.ACTIVATIONS, input, workspaces);
    normalise(input, mean, variance, scale, shift, normalised);
    if (shape.rectified()) {
      Nd4j.getExecutioner().exec(new RectifiedLinear(normalised, normalised));
    }
    return normalised;
  }

  /**
   * The mean is subtracted before squaring: E[x²] − E[x]² would cancel where a channel's mean is
   * large against its spread.
   */
  @Override
  public INDArray train(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      LayerWorkspaceMgr workspaces) {
    INDArray pixels = matrix(input);
    INDArray squares = matrix(create(ArrayType.FF_WORKING_MEM, input, workspaces));
    columnMeans(pixels, mean);
    Nd4jOperations.squaredDifference(pixels, mean, squares);
    columnMeans(squares, variance);
    output = infer(input, mean, variance, scale, shift, workspaces);
    return output;
  }

  @Override
  public INDArray backward(
      INDArray input,
      INDArray outputGradient,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray scaleGradient,
      INDArray shiftGradient,
      LayerWorkspaceMgr workspaces) {
    INDArray inputGradient = create(ArrayType.ACTIVATION_GRAD, input, workspaces);
    if (shape.rectified()) {
      Nd4j.getExecutioner().exec(new Step(output, inputGradient));
      inputGradient.muli(outputGradient);
    } else {
      inputGradient.assign(outputGradient);
    }
    output = null;
    INDArray gradient = matrix(inputGradient);
    INDArray workImages = create(ArrayType.BP_WORKING_MEM, input, workspaces);
    INDArray work = matrix(workImages);

    // With g the gradient of the normalised and scaled value, x̂ the normalised value and a = γ/σ,
    // the gradient of the input is a·g − a·mean(g) − x̂·a·mean(g·x̂), all means over a channel.
    INDArray inverseDeviation = Transforms.pow(variance.add(shape.epsilon()), -0.5, false);
    INDArray gradientMean = variance.ulike();
    columnMeans(gradient, gradientMean);
    Nd4jOperations.difference(matrix(input), mean, work);
    work.muli(gradient);
    INDArray correlation = variance.ulike();
    columnMeans(work, correlation);
    correlation.muli(inverseDeviation);

    long rows = gradient.size(0);
    scaleGradient.assign(correlation).muli(rows);
    shiftGradient.assign(gradientMean).muli(rows);

    INDArray factor = inverseDeviation.muli(scale);
    INDArray slope = correlation.muli(factor).negi();
    INDArray offset = gradientMean.muli(factor).negi();
    normalise(input, mean, variance, slope, offset, workImages);
    Nd4j.getExecutioner().exec(new BroadcastMulOp(gradient, factor, gradient, 1));
    gradient.addi(work);
    return inputGradient;
  }

  private void normalise(
      INDArray input,
      INDArray center,
      INDArray spread,
      INDArray scale,
      INDArray shift,
      INDArray target) {
    Nd4jOperations.normalise(input, center, spread, scale, shift, shape.epsilon(), target);
  }

  private void columnMeans(INDArray matrix, INDArray means) {
    long rows = matrix.size(0);
    if (averagingRow == null || averagingRow.length() != rows) {
      averagingRow = Nd4jOperations.lasting(matrix.dataType(), 1.0 / rows, 1, rows);
    }
    Nd4jOperations.product(averagingRow, PLAIN, matrix, PLAIN, means.reshape(1, means.length()));
  }

  private INDArray matrix(INDArray images) {
    return images.reshape('c', images.length() / shape.channels(), shape.channels());
  }

  private static INDArray create(ArrayType purpose, INDArray like, LayerWorkspaceMgr workspaces) {
    return workspaces.createUninitialized(purpose, like.dataType(), like.shape(), 'c');
  }
}

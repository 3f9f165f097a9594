package org.modelzoo.network.torch;

import java.util.Map;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.modelzoo.network.layer.BatchNormalization;

/** Batch normalisation with the rectifier and the dropout that may follow it. */
final class TorchBatchNormalization implements TorchLayer {
  private final OwnedPointers lasting = new OwnedPointers();
  private final boolean rectified;
  private final double epsilon;
  private final DropoutBits.Layer dropout;
  private final TensorOptional scale;
  private final TensorOptional shift;
  private final TensorOptional mean;
  private final TensorOptional variance;
  private final Tensor scaleGradient;
  private final Tensor shiftGradient;
  private final Scalar zero = lasting.keep(new Scalar(0.0));
  private final BoolPointer all = lasting.keep(new BoolPointer(3));
  private Tensor input;
  private T_TensorTensorTensor_T result;

  /**
   * @param dropout of its output in training; null if nothing is dropped
   */
  TorchBatchNormalization(
      BatchNormalization configuration,
      Map<String, Weights.Array> arrays,
      DropoutBits.Layer dropout) {
    this.rectified = configuration.shape().rectified();
    this.epsilon = configuration.shape().epsilon();
    this.dropout = dropout;
    this.scale = optional(arrays.get(BatchNormalization.SCALE));
    this.shift = optional(arrays.get(BatchNormalization.SHIFT));
    this.mean = optional(arrays.get(BatchNormalization.MEAN));
    this.variance = optional(arrays.get(BatchNormalization.VARIANCE));
    this.scaleGradient = arrays.get(BatchNormalization.SCALE).gradient();
    this.shiftGradient = arrays.get(BatchNormalization.SHIFT).gradient();
    all.put(0, true).put(1, true).put(2, true);
  }

  private TensorOptional optional(Weights.Array array) {
    return lasting.keep(new TensorOptional(array.value()));
  }

  /** Moves the running statistics, too: the variance without bias. */
  @Override
  public Tensor train(Tensor... inputs) {
    input = inputs[0];
    result = normalise(input, true);
    Tensor output = new Tensor(result.get0());
    if (rectified) {
      output.relu_();
    }
    if (dropout != null) {
      dropout.drop(output);
    }
    return output;
  }

  @Override
  public Tensor infer(Tensor... inputs) {
    try (T_TensorTensorTensor_T normalised = normalise(inputs[0], false)) {
      Tensor output = new Tensor(normalised.get0());
      if (rectified) {
        output.relu_();
      }
      return output;
    }
  }

  private T_TensorTensorTensor_T normalise(Tensor images, boolean training) {
    return torch.native_batch_norm(
        images, scale, shift, mean, variance, training, BatchNormalization.NEWEST, epsilon);
  }

  @Override
  public Tensor backward(Tensor outputGradient) {
    try (Tensor passed = passed(outputGradient);
        TensorOptional batchMean = new TensorOptional(result.get1());
        TensorOptional batchDeviation = new TensorOptional(result.get2());
        T_TensorTensorTensor_T gradients =
            torch.native_batch_norm_backward(
                passed,
                input,
                scale,
                mean,
                variance,
                batchMean,
                batchDeviation,
                true,
                epsilon,
                all)) {
      scaleGradient.copy_(gradients.get1());
      shiftGradient.copy_(gradients.get2());
      result.close();
      result = null;
      input = null;
      return new Tensor(gradients.get0());
    }
  }

  /** What rectifier and dropout let through: where the output is 0 nothing has come from here. */
  private Tensor passed(Tensor outputGradient) {
    if (!rectified) {
      return new Tensor(outputGradient);
    }
    Tensor passed = torch.threshold_backward(outputGradient, result.get0(), zero);
    if (dropout != null) {
      dropout.scale(passed);
    }
    return passed;
  }

  @Override
  public void close() {
    lasting.close();
  }
}

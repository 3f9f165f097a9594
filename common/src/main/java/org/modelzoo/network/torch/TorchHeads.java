package org.modelzoo.network.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.modelzoo.network.layer.HeadsOutput;

/**
 * One linear layer for the heads of all tasks side by side, in the master type: images [n, c, h,
 * w], read in the order height, width, channel, to logits [n, outputs].
 */
final class TorchHeads implements TorchLayer {
  private final Weights.Array weights;
  private final Weights.Array bias;
  private final ScalarType master;
  private Tensor rows;
  private long[] shape;
  private ScalarType type;

  TorchHeads(Map<String, Weights.Array> arrays) {
    this.weights = arrays.get(HeadsOutput.WEIGHTS);
    this.bias = arrays.get(HeadsOutput.BIAS);
    this.master = weights.value().scalar_type();
  }

  @Override
  public Tensor train(Tensor... inputs) {
    Tensor images = inputs[0];
    shape = new long[] {images.size(0), images.size(2), images.size(3), images.size(1)};
    type = images.scalar_type();
    rows = rows(images);
    return logits(rows);
  }

  @Override
  public Tensor infer(Tensor... inputs) {
    try (Tensor features = rows(inputs[0])) {
      return logits(features);
    }
  }

  private Tensor rows(Tensor images) {
    try (Tensor lying = images.permute(0, 2, 3, 1);
        Tensor flat = lying.reshape(images.size(0), -1)) {
      return flat.to(master);
    }
  }

  private Tensor logits(Tensor features) {
    return torch.addmm(bias.value(), features, weights.value());
  }

  @Override
  public Tensor backward(Tensor outputGradient) {
    try (Tensor transposed = rows.t();
        Tensor weightGradient = transposed.mm(outputGradient);
        Tensor biasGradient = outputGradient.sum(0);
        Tensor back = weights.value().t();
        Tensor rowGradient = outputGradient.mm(back);
        Tensor rounded = rowGradient.to(type);
        Tensor lying = rounded.view(shape)) {
      weights.gradient().copy_(weightGradient);
      bias.gradient().copy_(biasGradient);
      rows.close();
      rows = null;
      return lying.permute(0, 3, 1, 2);
    }
  }
}

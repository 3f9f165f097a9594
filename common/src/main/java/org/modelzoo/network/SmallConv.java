package org.modelzoo.network;

import org.modelzoo.config.ImageShape;
import org.modelzoo.network.NetworkPlan.Images;
import org.modelzoo.network.layer.BatchNormalization.Following;
import org.modelzoo.network.layer.Initialisation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The reference's small network: three 3×3 convolutions of 80 channels without padding, each
 * followed by a rectifier and a maximum pooling, the second and third normalised before.
 */
final class SmallConv {
  static final String NAME = "small-conv";

  /** Smallest height or width that leaves one pixel after the last pooling. */
  static final int SMALLEST_SIDE = 22;

  private static final int CHANNELS = 80;

  private SmallConv() {}

  /** Windows of 2 for small images and of 3 for those of mini-ImageNet's size. */
  private static int window(ImageShape input) {
    return Math.min(input.height(), input.width()) > 64 ? 3 : 2;
  }

  static NetworkPlan plan(NetworkSpec spec, long seed, DataType type) {
    int window = window(spec.input());
    NetworkPlan plan = new NetworkPlan(seed, Initialisation.UNIFORM_FAN_IN, type);
    Images images = plan.convolution("conv1", plan.input(spec.input()), CHANNELS, 3, 1, 0);
    images = plan.maximumPooling("pool1", images, window);
    for (int stage = 2; stage <= 3; stage++) {
      images = plan.convolution("conv" + stage, images, CHANNELS, 3, 1, 0);
      images = plan.normalisation("norm" + stage, images, Following.NOTHING, 0);
      images = plan.maximumPooling("pool" + stage, images, window);
    }
    plan.heads(images, spec.headSizes());
    return plan;
  }
}

package org.modelzoo.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelzoo.network.NetworkPlan.Images;
import org.modelzoo.network.layer.BatchNormalization.Following;
import org.modelzoo.network.layer.Initialisation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * WideResNet with basic pre-activation blocks (Zagoruyko and Komodakis, "Wide Residual Networks",
 * 2016): depth 6n + 4, width k. Where a block changes the number of channels, its shortcut is a 1×1
 * convolution of the activated input.
 */
record WideResNet(int depth, int width) {
  private static final Pattern NAME = Pattern.compile("wrn-(\\d{1,4})-(\\d{1,3})");

  /** The groups halve height and width twice; anything smaller ends before the last one. */
  static final int SMALLEST_SIDE = 4;

  /** The network of that name, or null when the name is not one of a WideResNet. */
  static WideResNet parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    int depth = Integer.parseInt(matcher.group(1));
    int width = Integer.parseInt(matcher.group(2));
    return depth >= 10 && depth % 6 == 4 && width >= 1 ? new WideResNet(depth, width) : null;
  }

  NetworkPlan plan(NetworkSpec spec, long seed, DataType type) {
    NetworkPlan plan = new NetworkPlan(seed, Initialisation.HE_FAN_OUT, type);
    Images images = plan.convolution("stem", plan.input(spec.input()), 16, 3, 1, 1);
    for (int group = 0; group < 3; group++) {
      for (int block = 0; block < (depth - 4) / 6; block++) {
        int stride = group > 0 && block == 0 ? 2 : 1;
        String name = "group" + (group + 1) + "-block" + (block + 1);
        images = block(plan, name, images, (16 << group) * width, stride, spec.dropout());
      }
    }
    images = plan.normalisation("last-norm", images, Following.RECTIFIER, 0);
    plan.heads(plan.imageMean("mean", images), spec.headSizes());
    return plan;
  }

  private static Images block(
      NetworkPlan plan, String name, Images input, int channels, int stride, double dropout) {
    Images activated = plan.normalisation(name + "-norm1", input, Following.RECTIFIER, 0);
    Images hidden = plan.convolution(name + "-conv1", activated, channels, 3, stride, 1);
    hidden = plan.normalisation(name + "-norm2", hidden, Following.RECTIFIER, dropout);
    Images residual = plan.convolution(name + "-conv2", hidden, channels, 3, 1, 1);
    Images shortcut =
        input.channels() == channels
            ? input
            : plan.convolution(name + "-shortcut", activated, channels, 1, stride, 0);
    return plan.sum(name, residual, shortcut);
  }
}

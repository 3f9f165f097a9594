package org.modelzoo.data;

import org.modelzoo.config.NormalisationConfig;

/**
 * Turns bytes into network input: (byte / 255 − mean) / deviation, without augmentation. Runs on
 * executors, for evaluation; immutable.
 */
public final class Normaliser {
  private final float[] valueOf = new float[256];

  public Normaliser(NormalisationConfig config) {
    for (int value = 0; value < valueOf.length; value++) {
      valueOf[value] = (float) ((value / 255.0 - config.mean()) / config.deviation());
    }
  }

  /**
   * Normalises some images.
   *
   * @param from first image
   * @param to one after the last image
   * @param target [to − from, height, width, channels], may be longer
   */
  public void normalise(LabelledImages images, int from, int to, float[] target) {
    int imageSize = images.shape().size();
    byte[] pixels = images.pixels();
    for (int source = from * imageSize, i = 0; source < to * imageSize; source++, i++) {
      target[i] = valueOf[pixels[source] & 0xFF];
    }
  }

  /** The network input of a black pixel. */
  float black() {
    return valueOf[0];
  }

  /** Normalises a run of bytes. */
  public void normalise(byte[] source, int from, int length, float[] target, int targetFrom) {
    for (int i = 0; i < length; i++) {
      target[targetFrom + i] = valueOf[source[from + i] & 0xFF];
    }
  }

  /** Normalises a run of pixels in reverse order, the channels of each in their own order. */
  void normaliseMirrored(
      byte[] source, int from, int pixels, int channels, float[] target, int targetFrom) {
    for (int pixel = 0; pixel < pixels; pixel++) {
      int sourcePixel = from + (pixels - 1 - pixel) * channels;
      for (int channel = 0; channel < channels; channel++) {
        target[targetFrom + pixel * channels + channel] =
            valueOf[source[sourcePixel + channel] & 0xFF];
      }
    }
  }
}

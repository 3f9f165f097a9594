package org.modelzoo.inspection;

import java.util.ArrayList;
import java.util.List;
import org.modelzoo.data.LabelledImages;

/**
 * Mean and standard deviation of one channel over all pixels of some images, black being 0 and full
 * 1.
 */
public record ChannelStatistics(double mean, double deviation) {
  /** Those of every channel, over several parts of the images together. */
  static List<ChannelStatistics> of(List<LabelledImages> parts) {
    int channels = parts.get(0).shape().channels();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    long values = 0;
    for (LabelledImages part : parts) {
      byte[] pixels = part.pixels();
      for (int i = 0; i < pixels.length; i++) {
        int value = pixels[i] & 0xFF;
        sums[i % channels] += value;
        squares[i % channels] += (long) value * value;
      }
      values += pixels.length / channels;
    }
    List<ChannelStatistics> statistics = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      double mean = (double) sums[channel] / values;
      double variance = (double) squares[channel] / values - mean * mean;
      statistics.add(new ChannelStatistics(mean / 255, Math.sqrt(Math.max(0, variance)) / 255));
    }
    return statistics;
  }
}

package org.modelzoo.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.LabelledImages;

class ChannelStatisticsTest {
  @Test
  void everyChannelIsMeasuredByItselfOverAllParts() {
    // Red 0 and 255, green 255 always, blue 51, 51, 204, 204.
    LabelledImages first = image(2, 0, 255, 51, 255, 255, 51);
    LabelledImages second = image(2, 0, 255, 204, 255, 255, 204);

    List<ChannelStatistics> channels = ChannelStatistics.of(List.of(first, second));

    assertThat(channels).extracting(ChannelStatistics::mean).containsExactly(0.5, 1.0, 0.5);
    assertThat(channels.get(0).deviation()).isEqualTo(0.5);
    assertThat(channels.get(1).deviation()).isZero();
    assertThat(channels.get(2).deviation()).isCloseTo(0.3, within(1e-12));
  }

  private static LabelledImages image(int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new LabelledImages(new ImageShape(1, width, 3), pixels, new short[1]);
  }
}

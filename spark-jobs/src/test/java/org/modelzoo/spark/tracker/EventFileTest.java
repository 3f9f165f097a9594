package org.modelzoo.spark.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;

class EventFileTest {
  @Test
  void checksumsAreThoseOfTensorFlow() {
    // CRC32C of these digits is e3069283, the standard's check value.
    assertThat(EventFile.maskedChecksum("123456789".getBytes(US_ASCII))).isEqualTo(0xc78ab0e5);
  }

  @Test
  void aReaderFindsWhatWasWritten() throws IOException {
    EventFile file = new EventFile(1e9);
    file.restart(7);
    file.scalar("loss", 8, 0.25);
    file.image("fish", 9, 24, 48, 3, new byte[] {1, 2, 3});
    file.histogram("weights", 10, WeightHistogram.of(new float[] {-1, 2}));
    List<EventRecords.Recorded> events = EventRecords.of(file.toBytes());
    assertThat(events).extracting(EventRecords.Recorded::step).containsExactly(0L, 7L, 8L, 9L, 10L);
    assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
    assertThat(events).extracting(EventRecords.Recorded::restart).startsWith(false, true, false);
    assertThat(events.get(2).summary().getValue(0))
        .isEqualTo(Summary.Value.newBuilder().setTag("loss").setSimpleValue(0.25f).build());
    Summary.Image image = events.get(3).summary().getValue(0).getImage();
    assertThat(List.of(image.getHeight(), image.getWidth(), image.getColorspace()))
        .containsExactly(24, 48, 3);
    assertThat(image.getEncodedImageString().toByteArray()).containsExactly(1, 2, 3);
    assertThat(events.get(4).summary().getValue(0).getHisto().getNum()).isEqualTo(2);
  }

  @Test
  void aHistogramCountsEveryNumberOnce() {
    HistogramProto histogram =
        WeightHistogram.of(new float[] {0, 30, 15, 15.5f, Float.NaN, Float.POSITIVE_INFINITY});
    assertThat(histogram.getMin()).isZero();
    assertThat(histogram.getMax()).isEqualTo(30);
    assertThat(histogram.getNum()).isEqualTo(4);
    assertThat(histogram.getSum()).isEqualTo(60.5);
    assertThat(histogram.getSumSquares()).isEqualTo(900 + 225 + 240.25);
    assertThat(histogram.getBucketLimitList()).startsWith(1.0, 2.0).endsWith(29.0, 30.0);
    assertThat(histogram.getBucket(0)).isEqualTo(1);
    assertThat(histogram.getBucket(15)).isEqualTo(2);
    assertThat(histogram.getBucket(29)).isEqualTo(1);
    assertThat(histogram.getBucketList().stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(4);
  }

  @Test
  void equalValuesAreInOneInterval() {
    assertThat(WeightHistogram.of(new float[] {3, 3, 3}).getBucket(0)).isEqualTo(3);
    assertThat(WeightHistogram.of(new float[0]).getNum()).isZero();
  }
}

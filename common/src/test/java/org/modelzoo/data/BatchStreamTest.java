package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.modelzoo.config.AugmentationConfig;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.NormalisationConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskSetConfig;

class BatchStreamTest {
  private static final ImageShape SHAPE = new ImageShape(4, 4, 1);

  @Property(tries = 100)
  void bringsEveryImageOnceWithItsHeadAndLabel(
      @ForAll @IntRange(min = 1, max = 60) int first,
      @ForAll @IntRange(min = 0, max = 60) int second,
      @ForAll @IntRange(min = 1, max = 20) int batchSize,
      @ForAll long seed) {
    List<LabelledImages> tasks =
        List.of(DataFixtures.numbered(SHAPE, 0, first), DataFixtures.numbered(SHAPE, 1, second));
    boolean[][] seen = {new boolean[first], new boolean[second]};
    List<Integer> sizes = new ArrayList<>();

    try (BatchStream stream = epoch(tasks, batchSize, seed)) {
      while (stream.hasNext()) {
        Batch batch = stream.next();
        sizes.add(batch.size());
        for (int i = 0; i < batch.size(); i++) {
          int task = Math.round(batch.features()[i * 16]);
          int image = Math.round(batch.features()[i * 16 + 1]);
          assertThat(batch.heads()[i]).isEqualTo(task);
          assertThat(batch.labels()[i]).isEqualTo(image % 3);
          assertThat(seen[task][image]).isFalse();
          seen[task][image] = true;
        }
      }
    }

    int images = first + second;
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(images);
    assertThat(sizes).hasSize(BatchStream.batches(images, batchSize));
    assertThat(sizes).allMatch(size -> size <= batchSize);
    if (images > 1 && batchSize > 2) {
      assertThat(sizes).allMatch(size -> size > 1);
    }
  }

  @Example
  void shufflesTasksTogetherAndAnewForEverySeed() {
    List<LabelledImages> tasks =
        List.of(DataFixtures.numbered(SHAPE, 0, 100), DataFixtures.numbered(SHAPE, 1, 100));

    List<Integer> order = order(tasks, 1);

    assertThat(order(tasks, 1)).isEqualTo(order);
    assertThat(order(tasks, 2)).isNotEqualTo(order);
    // About half of the first half are of the first task: 100 draws, six deviations.
    assertThat(order.subList(0, 100).stream().filter(image -> image < 100).count())
        .isBetween(20L, 80L);
  }

  @Example
  void cropsOutOfABlackFrameAndFlips() {
    // One white pixel off the centre of 5 × 5: where it is afterwards tells the crop and the flip.
    ImageShape shape = new ImageShape(5, 5, 2);
    int images = 2000;
    byte[] pixels = new byte[images * shape.size()];
    for (int i = 0; i < images; i++) {
      pixels[i * 50 + 2 * (2 * 5 + 1)] = (byte) 255;
      pixels[i * 50 + 2 * (2 * 5 + 1) + 1] = (byte) 128;
    }
    LabelledImages task = new LabelledImages(shape, pixels, new short[images]);
    int[] counts = new int[25];
    int gone = 0;

    DataConfig data = data(shape, new AugmentationConfig(1, true), DataFixtures.NORMALISATION);
    try (BatchStream stream = BatchStream.epoch(List.of(task), 16, data, Augment.ON, 5)) {
      while (stream.hasNext()) {
        Batch batch = stream.next();
        for (int i = 0; i < batch.size(); i++) {
          boolean found = false;
          for (int pixel = 0; pixel < 25; pixel++) {
            float value = batch.features()[i * 50 + 2 * pixel];
            assertThat(value).isIn(-2f, 2f);
            if (value == 2f) {
              assertThat(batch.features()[i * 50 + 2 * pixel + 1])
                  .isEqualTo((float) ((128 / 255.0 - 0.5) / 0.25));
              assertThat(found).isFalse();
              found = true;
              counts[pixel]++;
            } else {
              assertThat(batch.features()[i * 50 + 2 * pixel + 1]).isEqualTo(-2f);
            }
          }
          gone += found ? 0 : 1;
        }
      }
    }

    assertThat(gone).isZero();
    // Rows 1 to 3 with 1/3 each; columns 0, 1, 2 unflipped and 4, 3, 2 flipped, 1/6 each.
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 5; column++) {
        double expected = row < 1 || row > 3 ? 0 : images / 3.0 / 6 * (column == 2 ? 2 : 1);
        assertThat((double) counts[row * 5 + column])
            .isBetween(expected - 6 * Math.sqrt(expected), expected + 6 * Math.sqrt(expected));
      }
    }
  }

  @Example
  void augmentsAnImageTheSameWhateverTheBatchSize() {
    DataConfig data = data(SHAPE, new AugmentationConfig(2, true), DataFixtures.NORMALISATION);
    List<LabelledImages> tasks = List.of(DataFixtures.numbered(SHAPE, 3, 50));

    assertThat(features(tasks, data, 7)).isEqualTo(features(tasks, data, 50));
  }

  @Example
  void endsItsThreadWhenClosedEarlyAndWhenDone() throws InterruptedException {
    List<LabelledImages> tasks = List.of(DataFixtures.numbered(SHAPE, 0, 120));
    BatchStream early = epoch(tasks, 2, 1);
    early.next();
    early.close();
    assertThat(early.thread().isAlive()).isFalse();

    BatchStream done = epoch(tasks, 50, 1);
    while (done.hasNext()) {
      done.next();
    }
    done.thread().join(5000);
    assertThat(done.thread().isAlive()).isFalse();
    assertThatThrownBy(done::next).isInstanceOf(NoSuchElementException.class);
    done.close();
  }

  @Example
  void surfacesAFailureOfItsThread() {
    // Images larger than the buffer, whose size comes from the configuration.
    LabelledImages wrong = DataFixtures.numbered(new ImageShape(9, 9, 1), 0, 4);
    try (BatchStream stream = epoch(List.of(wrong), 4, 1)) {
      assertThatThrownBy(stream::next).hasCauseInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(stream::next).hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Example
  void tellsAnInterruptedConsumer() {
    try (BatchStream stream = epoch(List.of(DataFixtures.numbered(SHAPE, 0, 4)), 2, 1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(stream::next).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Bytes come through unchanged. */
  private static BatchStream epoch(List<LabelledImages> tasks, int batchSize, long seed) {
    DataConfig data =
        data(SHAPE, new AugmentationConfig(0, false), new NormalisationConfig(0, 1 / 255.0));
    return BatchStream.epoch(tasks, batchSize, data, Augment.OFF, seed);
  }

  private static DataConfig data(
      ImageShape shape, AugmentationConfig augmentation, NormalisationConfig normalisation) {
    SourceConfig source = new SourceConfig.ImageFolder(shape, 1);
    TaskSetConfig set = new TaskSetConfig("test", source, List.of());
    return DataFixtures.data("", set, 0, 0, augmentation, normalisation);
  }

  private static List<Integer> order(List<LabelledImages> tasks, long seed) {
    List<Integer> order = new ArrayList<>();
    try (BatchStream stream = epoch(tasks, 16, seed)) {
      while (stream.hasNext()) {
        Batch batch = stream.next();
        for (int i = 0; i < batch.size(); i++) {
          order.add(100 * batch.heads()[i] + Math.round(batch.features()[i * 16 + 1]));
        }
      }
    }
    return order;
  }

  private static List<Float> features(List<LabelledImages> tasks, DataConfig data, int batchSize) {
    List<Float> features = new ArrayList<>();
    try (BatchStream stream = BatchStream.epoch(tasks, batchSize, data, Augment.ON, 5)) {
      while (stream.hasNext()) {
        Batch batch = stream.next();
        for (int i = 0; i < batch.size() * 16; i++) {
          features.add(batch.features()[i]);
        }
      }
    }
    return features;
  }
}

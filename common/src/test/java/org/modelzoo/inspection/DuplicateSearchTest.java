package org.modelzoo.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;
import org.modelzoo.data.LabelledImages;
import org.modelzoo.data.TaskImages;

class DuplicateSearchTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 1);

  @Test
  void equalImagesAreFoundWithinPartsAndBetweenThem() {
    DuplicateSearch search = new DuplicateSearch();
    // Training 1, 1, 2, held out 1, 3: two of the ones are repetitions, and labels differ.
    search.add(
        new TaskImages(
            images(new int[] {1, 1, 2}, 0, 1, 0),
            images(new int[] {1, 3}, 0, 0),
            images(new int[] {3, 3, 4}, 0, 1, 0)));

    assertThat(search.result()).containsExactly(new Duplicates(2, 3, 1, 2, 0));
  }

  @Test
  void testImagesAreFoundInTheTrainingOfOtherTasksOnly() {
    DuplicateSearch search = new DuplicateSearch();
    search.add(task(new int[] {1, 2}, new int[] {7, 8}));
    search.add(task(new int[] {3, 2}, new int[] {1, 2}));
    search.add(task(new int[] {7}, new int[] {9, 7}));

    assertThat(search.result())
        .containsExactly(
            new Duplicates(0, 0, 0, 0, 1),
            new Duplicates(0, 0, 0, 1, 2),
            new Duplicates(0, 0, 0, 1, 0));
  }

  private static TaskImages task(int[] train, int[] test) {
    return new TaskImages(
        images(train, new int[train.length]),
        images(new int[0]),
        images(test, new int[test.length]));
  }

  /** Images that are equal where their numbers are. */
  private static LabelledImages images(int[] numbers, int... labels) {
    byte[] pixels = new byte[numbers.length * SHAPE.size()];
    short[] shorts = new short[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      pixels[i * SHAPE.size() + 1] = (byte) numbers[i];
      shorts[i] = (short) labels[i];
    }
    return new LabelledImages(SHAPE, pixels, shorts);
  }
}

package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;

class ReplayTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 1);

  /** Labels 0 1 2 0 1 2 …; the second byte is the index. */
  private static final LabelledImages TRAIN = DataFixtures.numbered(SHAPE, 0, 30);

  @Test
  void keepsTheFirstOfEachLabelRepeated() {
    // 0.2 · 10 = 2 of each label; k = 3: 1 / (2 · 0.2) = 2.5, so twice.
    LabelledImages kept = Replay.keep(TRAIN, 0.2, 3);

    assertThat(indices(kept)).containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
    assertThat(kept.labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
  }

  @Test
  void repeatsAtLeastOnce() {
    // k = 5: 1 / (4 · 0.5) = 0.5.
    assertThat(Replay.keep(TRAIN, 0.5, 5).size()).isEqualTo(15);
    assertThat(Replay.keep(TRAIN, 0.5, 1).size()).isEqualTo(15);
  }

  @Test
  void keepsAtLeastOneOfEachLabel() {
    // k = 2: 1 / 0.01 = 100 repeats of 3 images.
    LabelledImages kept = Replay.keep(TRAIN, 0.01, 2);

    assertThat(kept.size()).isEqualTo(300);
    assertThat(kept.labels()).containsOnly(0, 1, 2);
  }

  @Test
  void keepsAllOnceForAFractionOfOne() {
    assertThat(Replay.keep(TRAIN, 1, 2)).isSameAs(TRAIN);
  }

  private static int[] indices(LabelledImages images) {
    int[] indices = new int[images.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = images.pixels()[2 * i + 1];
    }
    return indices;
  }
}

package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.modelzoo.config.ImageShape;

class NormaliserTest {
  @Test
  void normalisesSomeImages() {
    byte[] pixels = {9, 9, 0, (byte) 255, 51, (byte) 204, 9, 9};
    LabelledImages images = new LabelledImages(new ImageShape(1, 2, 1), pixels, new short[4]);
    float[] target = new float[5];

    new Normaliser(DataFixtures.NORMALISATION).normalise(images, 1, 3, target);

    assertThat(target).containsExactly(-2f, 2f, -1.2f, 1.2f, 0f);
  }
}

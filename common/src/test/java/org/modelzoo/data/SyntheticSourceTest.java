package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;

class SyntheticSourceTest {
  private static final SourceConfig.Synthetic CONFIG = DataFixtures.synthetic(6, 3, 20);

  @Test
  void drawsAsManyImagesAsAskedFor() {
    Map<Integer, ClassImages> images = new SyntheticSource(CONFIG).read(Set.of(0, 71), 15);

    assertThat(images).containsOnlyKeys(0, 71);
    assertThat(images.get(71).train()).hasSize(15 * 12 * 12 * 3);
    assertThat(images.get(71).test()).hasSize(10 * 12 * 12 * 3);
  }

  @Test
  void drawsTheSameImageWhateverElseIsDrawn() {
    SyntheticSource source = new SyntheticSource(CONFIG);
    Set<Integer> all = IntStream.range(0, CONFIG.classes()).boxed().collect(Collectors.toSet());

    byte[] alone = source.read(Set.of(33), 5).get(33).train();
    byte[] amongAll = source.read(all, 20).get(33).train();

    assertThat(Arrays.copyOf(amongAll, alone.length)).isEqualTo(alone);
  }

  @Test
  void imagesOfAClassAndOfSplitsDiffer() {
    ClassImages images = new SyntheticSource(CONFIG).read(Set.of(5), 20).get(5);

    List<String> distinct =
        IntStream.range(0, 20)
            .mapToObj(i -> Arrays.copyOfRange(images.train(), i * 432, (i + 1) * 432))
            .map(Arrays::toString)
            .distinct()
            .toList();
    assertThat(distinct).hasSize(20);
    assertThat(Arrays.copyOf(images.test(), 432)).isNotEqualTo(Arrays.copyOf(images.train(), 432));
  }

  @Test
  void anotherSeedDrawsAnotherDataSet() {
    SourceConfig.Synthetic other =
        new SourceConfig.Synthetic(CONFIG.shape(), 8, 6, 3, 4, 20, 10, 0.05);

    assertThat(new SyntheticSource(other).read(Set.of(0), 5).get(0).train())
        .isNotEqualTo(new SyntheticSource(CONFIG).read(Set.of(0), 5).get(0).train());
    assertThat(new SyntheticSource(other).check())
        .isNotEqualTo(new SyntheticSource(CONFIG).check());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void drawsEveryFamilyInAnySmallShape(int channels) {
    ImageShape shape = new ImageShape(8, 14, channels);
    SourceConfig.Synthetic config = new SourceConfig.Synthetic(shape, 1, 7, 1, 20, 2, 1, 0.02);
    Set<Integer> all = IntStream.range(0, config.classes()).boxed().collect(Collectors.toSet());

    new SyntheticSource(config)
        .read(all, 10)
        .forEach((label, images) -> assertThat(images.train()).hasSize(2 * shape.size()));
  }

  @Test
  void refusesMoreClassesThanItCanTellApart() {
    SourceConfig.Synthetic config =
        new SourceConfig.Synthetic(CONFIG.shape(), 1, 5, 1, 25, 2, 1, 0.02);

    assertThatThrownBy(() -> new SyntheticSource(config).check())
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("classes-per-task is 25", "at most");
  }

  /** What a class looks like must not be readable off the image's mean colour. */
  @Test
  void classesHaveTheSameMeanColour() {
    int images = 400;
    SourceConfig.Synthetic config =
        new SourceConfig.Synthetic(new ImageShape(16, 16, 3), 3, 5, 1, 4, images, images, 0.05);
    for (int task = 0; task < 5; task++) {
      Set<Integer> classes =
          IntStream.range(4 * task, 4 * task + 4).boxed().collect(Collectors.toSet());
      Map<Integer, ClassImages> drawn = new SyntheticSource(config).read(classes, images);
      int right = 0;
      double[][] centres = new double[4][];
      for (int label = 0; label < 4; label++) {
        centres[label] = mean(drawn.get(4 * task + label).train(), 0, images);
      }
      for (int label = 0; label < 4; label++) {
        for (int i = 0; i < images; i++) {
          double[] colour = mean(drawn.get(4 * task + label).test(), i, i + 1);
          right += nearest(colour, centres) == label ? 1 : 0;
        }
      }
      // Chance is 1/4.
      assertThat(right / (4.0 * images)).isLessThan(0.35);
    }
  }

  private static double[] mean(byte[] images, int from, int to) {
    double[] mean = new double[3];
    int values = 16 * 16 * 3;
    for (int i = from * values; i < to * values; i++) {
      mean[i % 3] += (images[i] & 0xFF) / (256.0 * (to - from));
    }
    return mean;
  }

  private static int nearest(double[] colour, double[][] centres) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int label = 0; label < centres.length; label++) {
      double distance = 0;
      for (int channel = 0; channel < 3; channel++) {
        distance += Math.pow(colour[channel] - centres[label][channel], 2);
      }
      if (distance < least) {
        least = distance;
        nearest = label;
      }
    }
    return nearest;
  }
}

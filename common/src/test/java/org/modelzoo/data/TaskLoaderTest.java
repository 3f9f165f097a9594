package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.DataConfig.ImageChoice;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;

class TaskLoaderTest {
  private static final int IMAGE = 28 * 28;

  @Test
  void labelsAreIndicesIntoTheTasksClasses() {
    TaskImages images = loader(List.of(DataFixtures.task(7, 2)), 0, 0.2).load(0);

    assertThat(images.train().size()).isEqualTo(16);
    assertThat(images.validation().size()).isEqualTo(4);
    assertThat(images.test().size()).isEqualTo(6);
    for (LabelledImages split : List.of(images.train(), images.validation(), images.test())) {
      for (int i = 0; i < split.size(); i++) {
        assertThat(split.pixels()[i * IMAGE]).isEqualTo((byte) (split.labels()[i] == 0 ? 7 : 2));
      }
    }
  }

  @Test
  void everyTrainingImageIsEitherTrainedOnOrHeldOut() {
    TaskImages images = loader(List.of(DataFixtures.task(7, 2)), 0, 0.2).load(0);

    Set<String> seen = new TreeSet<>();
    for (LabelledImages split : List.of(images.train(), images.validation())) {
      for (int i = 0; i < split.size(); i++) {
        seen.add(split.pixels()[i * IMAGE] + ":" + split.pixels()[i * IMAGE + 1]);
      }
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void aTaskDoesNotDependOnWhatElseIsLoaded() {
    List<TaskConfig> tasks =
        List.of(DataFixtures.task(0, 1), DataFixtures.task(1, 2), DataFixtures.task(3));
    TaskImages alone = loader(tasks, 0, 0.2).load(1);
    TaskImages together = loader(tasks, 0, 0.2).load(List.of(2, 1, 0)).get(1);
    TaskImages inAnotherExperiment = loader(tasks.subList(0, 2), 0, 0.2).load(1);

    for (TaskImages other : List.of(together, inAnotherExperiment)) {
      assertThat(other.train().pixels()).isEqualTo(alone.train().pixels());
      assertThat(other.validation().pixels()).isEqualTo(alone.validation().pixels());
      assertThat(other.test().pixels()).isEqualTo(alone.test().pixels());
    }
  }

  @Test
  void keepsTheFirstImagesOfEachClass() {
    TaskImages images = loader(List.of(DataFixtures.task(4)), 5, 0.2).load(0);

    assertThat(images.train().size()).isEqualTo(4);
    assertThat(images.validation().size()).isEqualTo(1);
    assertThat(images.test().size()).isEqualTo(3);
    for (int i = 0; i < 4; i++) {
      assertThat(images.train().pixels()[i * IMAGE + 1]).isLessThan((byte) 5);
    }
  }

  @Test
  void drawsTheImagesOfEachClassByTheSeedWhereThatIsAskedFor() {
    DataConfig data = data(List.of(DataFixtures.task(4, 5)), 5, 0.2);
    DataConfig seeded = choosing(ImageChoice.SEEDED, data);

    Set<Set<Integer>> chosen = new HashSet<>();
    for (int seed = 1; seed <= 20; seed++) {
      TaskImages images = new TaskLoader(seeded, seed, new NumberedSource()).load(0);
      TaskImages again = new TaskLoader(seeded, seed, new NumberedSource()).load(0);
      assertThat(images).usingRecursiveComparison().isEqualTo(again);
      assertThat(images.train().size()).isEqualTo(8);
      assertThat(images.validation().size()).isEqualTo(2);
      assertThat(images.test().size()).isEqualTo(6);
      Set<Integer> ofClass = new TreeSet<>();
      for (LabelledImages split : List.of(images.train(), images.validation())) {
        for (int i = 0; i < split.size(); i++) {
          if (split.labels()[i] == 0) {
            ofClass.add((int) split.pixels()[i * IMAGE + 1]);
          }
        }
      }
      assertThat(ofClass).hasSize(5);
      chosen.add(ofClass);
    }
    assertThat(chosen).hasSizeGreaterThan(15);
    assertThat(chosen.stream().flatMap(Set::stream)).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private static DataConfig choosing(ImageChoice choice, DataConfig data) {
    return new DataConfig(
        data.directory(),
        data.set(),
        data.imagesPerClass(),
        choice,
        data.validationShare(),
        data.interpolation(),
        data.permutation(),
        data.augmentation(),
        data.normalisation());
  }

  @Test
  void noiseChangesTrainingAndValidationLabelsOnly() {
    TaskConfig noisy = new TaskConfig("noisy", List.of(1, 2, 3, 4), 0, 0, 1.0, List.of());
    TaskImages clean = loader(List.of(DataFixtures.task(1, 2, 3, 4)), 0, 0.2).load(0);
    TaskImages images = loader(List.of(noisy), 0, 0.2).load(0);

    assertThat(images.train().labels()).isNotEqualTo(clean.train().labels());
    assertThat(images.train().pixels()).isEqualTo(clean.train().pixels());
    assertThat(images.test().labels()).isEqualTo(clean.test().labels());
  }

  @Test
  void rotationAndPermutationReachEverySplit() {
    List<TaskConfig> tasks =
        List.of(
            DataFixtures.task(1, 2),
            new TaskConfig("rotated", List.of(1, 2), 180, 0, 0, List.of()),
            new TaskConfig("permuted", List.of(1, 2), 0, 9, 0, List.of()));
    List<TaskImages> images = loader(tasks, 0, 0.2).load(List.of(0, 1, 2));

    for (SourceSplit split : SourceSplit.values()) {
      byte[] plain = pixels(images.get(0), split);
      byte[] rotated = pixels(images.get(1), split);
      assertThat(rotated[IMAGE - 1]).isEqualTo(plain[0]);
      assertThat(rotated[IMAGE - 2]).isEqualTo(plain[1]);
      assertThat(pixels(images.get(2), split)).isNotEqualTo(plain);
    }
    assertThat(images.get(1).validation().pixels()[IMAGE - 1])
        .isEqualTo(images.get(0).validation().pixels()[0]);
  }

  @Test
  void readsOnlyWhatIsNeededAndEveryClassOnce() {
    NumberedSource source = new NumberedSource();
    List<TaskConfig> tasks =
        List.of(DataFixtures.task(0, 1), DataFixtures.task(1, 2), DataFixtures.task(3));
    TaskLoader loader = new TaskLoader(data(tasks, 0, 0.2), 1, source);

    TaskImages first = loader.load(0);
    loader.load(List.of(1, 0));
    loader.load(List.of(2, 1));

    assertThat(loader.load(0)).isSameAs(first);
    assertThat(source.reads).containsExactly(Set.of(0, 1), Set.of(2), Set.of(3));
  }

  @Test
  void sourceThatReadsEverythingIsReadOnceForAllTasks() {
    NumberedSource source = new NumberedSource();
    source.readsEverything = true;
    List<TaskConfig> tasks =
        List.of(DataFixtures.task(0, 1), DataFixtures.task(1, 2), DataFixtures.task(3));
    TaskLoader loader = new TaskLoader(data(tasks, 0, 0.2), 1, source);
    List<TaskImages> expected =
        new TaskLoader(data(tasks, 0, 0.2), 1, new NumberedSource()).load(List.of(0, 1, 2));

    List<TaskImages> actual = List.of(loader.load(0), loader.load(1), loader.load(2));

    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    assertThat(source.reads).containsExactly(Set.of(0, 1, 2, 3));
  }

  @Test
  void reclaimedTasksAreLoadedAgain() {
    NumberedSource source = new NumberedSource();
    List<TaskConfig> tasks = List.of(DataFixtures.task(0, 1), DataFixtures.task(1, 2));
    TaskLoader loader = new TaskLoader(data(tasks, 0, 0.2), 1, source);
    TaskImages first = loader.load(0);

    loader.reclaim();

    assertThat(loader.load(List.of(1, 0)).get(1))
        .usingRecursiveComparison()
        .isNotSameAs(first)
        .isEqualTo(first);
    assertThat(source.reads).containsExactly(Set.of(0, 1), Set.of(0, 1, 2));
  }

  @Test
  void twoThreadsAtOnceLoadOnce() {
    NumberedSource source = new NumberedSource();
    TaskLoader loader = new TaskLoader(data(List.of(DataFixtures.task(0, 1)), 0, 0), 1, source);

    List<CompletableFuture<TaskImages>> loads =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> loader.load(0)))
            .toList();

    assertThat(loads.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(source.reads).hasSize(1);
  }

  @Test
  void triesAgainAfterAFailure() {
    NumberedSource source = new NumberedSource();
    source.failures = 1;
    TaskLoader loader = new TaskLoader(data(List.of(DataFixtures.task(0)), 0, 0), 1, source);

    assertThatThrownBy(() -> loader.load(0)).matches(DataFixtures::isDataError);
    assertThat(loader.load(0).train().size()).isEqualTo(10);
  }

  @Test
  void aClassWithoutTrainingImagesIsAnError() {
    assertThatThrownBy(() -> loader(List.of(DataFixtures.task(0, 9)), 0, 0).load(0))
        .matches(DataFixtures::isDataError)
        .hasMessageContaining("Class 9 of task task has no training images");
  }

  @Test
  void aTaskWithoutTestImagesIsAnError() {
    TaskLoader loader =
        new TaskLoader(
            data(List.of(DataFixtures.task(0, 1)), 0, 0), 1, new NumberedSource().withoutTest());

    assertThatThrownBy(() -> loader.load(0))
        .matches(DataFixtures::isDataError)
        .hasMessageStartingWith("Task task has no test image")
        .hasMessageContaining("Add test images");
  }

  @Test
  void aTaskWithoutValidationImagesIsAnErrorWhereSomeAreToBeHeldOut() {
    List<TaskConfig> tasks = List.of(DataFixtures.task(0, 1));

    assertThatThrownBy(() -> loader(tasks, 1, 0.2).load(0))
        .matches(DataFixtures::isDataError)
        .hasMessageStartingWith("Task task has no validation image")
        .hasMessageContaining("data.validation-share = 0");
    assertThat(loader(tasks, 1, 0).load(0).validation().size()).isZero();
  }

  @Test
  void thereIsOneLoaderForOneConfigurationAndSeed() {
    SourceConfig.Synthetic source = DataFixtures.synthetic(2, 2, 10);
    DataConfig data = DataFixtures.data(source, DataFixtures.syntheticTasks(source));
    Configuration hadoop = new Configuration(false);

    assertThat(TaskLoader.of(data, 1, hadoop)).isSameAs(TaskLoader.of(data, 1, hadoop));
    assertThat(TaskLoader.of(data, 1, hadoop)).isNotSameAs(TaskLoader.of(data, 2, hadoop));
    assertThat(TaskLoader.of(data, 1, hadoop).load(3).train().size()).isEqualTo(4 * 8);
  }

  private static byte[] pixels(TaskImages images, SourceSplit split) {
    return split == SourceSplit.TRAIN ? images.train().pixels() : images.test().pixels();
  }

  private static TaskLoader loader(List<TaskConfig> tasks, int imagesPerClass, double share) {
    return new TaskLoader(data(tasks, imagesPerClass, share), 1, new NumberedSource());
  }

  private static DataConfig data(List<TaskConfig> tasks, int imagesPerClass, double share) {
    return DataFixtures.data("", new SourceConfig.Mnist(), tasks, imagesPerClass, share);
  }

  /**
   * Ten training and three test images of each class but the last, which is empty; the first byte
   * is the class, the second the index.
   */
  private static final class NumberedSource implements ImageSource {
    final List<Set<Integer>> reads = new ArrayList<>();
    int failures;
    int testImages = 3;
    boolean readsEverything;

    NumberedSource withoutTest() {
      testImages = 0;
      return this;
    }

    @Override
    public boolean readsEverything() {
      return readsEverything;
    }

    @Override
    public Map<Integer, ClassImages> read(Set<Integer> classes, int trainLimit) {
      if (failures-- > 0) {
        throw DataErrors.data("for once");
      }
      reads.add(Set.copyOf(classes));
      Map<Integer, ClassImages> images = new HashMap<>();
      for (int label : classes) {
        int train = label == 9 ? 0 : Math.min(10, trainLimit);
        images.put(label, new ClassImages(images(label, train), images(label, testImages)));
      }
      return images;
    }

    private static byte[] images(int label, int count) {
      byte[] pixels = new byte[count * IMAGE];
      for (int i = 0; i < count; i++) {
        pixels[i * IMAGE] = (byte) label;
        pixels[i * IMAGE + 1] = (byte) i;
      }
      return pixels;
    }

    @Override
    public Summary check() {
      throw new UnsupportedOperationException();
    }
  }
}

package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.AugmentationConfig;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.DataConfig.ImageChoice;
import org.modelzoo.config.DataConfig.Interpolation;
import org.modelzoo.config.DataConfig.Permutation;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;
import org.modelzoo.config.TaskSetConfig;

/** The real files, where the environment variable MODELZOO_DATA names a directory with them. */
class PublishedDataTest {
  @Test
  void readsCifar100OutOfItsArchive() {
    List<Integer> all = IntStream.range(0, 100).boxed().toList();
    List<TaskConfig> tasks =
        List.of(DataFixtures.task(4, 30, 55, 72, 95), TaskConfig.plain("all", all));
    DataConfig data = DataFixtures.data(published(""), new SourceConfig.Cifar100(), tasks, 0, 0.1);

    TaskLoader loader = TaskLoader.of(data, 1, new Configuration());
    TaskImages aquaticMammals = loader.load(0);
    TaskImages everything = loader.load(1);

    assertThat(aquaticMammals.train().size()).isEqualTo(5 * 450);
    assertThat(aquaticMammals.validation().size()).isEqualTo(5 * 50);
    assertThat(aquaticMammals.test().size()).isEqualTo(5 * 100);
    assertThat(everything.train().size()).isEqualTo(100 * 450);
    assertThat(image(everything.train(), 450 * 30)).isEqualTo(image(aquaticMammals.train(), 450));
    assertThat(DataCheck.check(data, new Configuration()).fingerprint()).hasSize(16);
  }

  @Test
  void readsMnistAndFashionMnist() {
    List<Integer> digits = IntStream.range(0, 10).boxed().toList();
    List<TaskConfig> tasks = List.of(TaskConfig.plain("digits", digits));
    for (String name : List.of("mnist", "fashion-mnist")) {
      DataConfig data = DataFixtures.data(published(name), new SourceConfig.Mnist(), tasks, 0, 0);
      TaskImages images = TaskLoader.of(data, 1, new Configuration()).load(0);
      assertThat(images.train().size()).isEqualTo(60_000);
      assertThat(images.test().size()).isEqualTo(10_000);
    }
  }

  /**
   * By torchvision 0.28.0: {@code zlib.crc32(rotate(x, degrees).numpy())}, where x are the training
   * images, those of digit 0 first; and likewise of {@code x.view(-1, 784)[:, permutation]}.
   */
  @Test
  void rotatesAndPermutesMnistAsThePublishedProgramDoes() {
    List<Integer> digits = IntStream.range(0, 10).boxed().toList();
    long[] rotated = {0x1e54a5f1L, 0x9a8ec5f3L, 0xbd89168bL, 0xd06bc7d3L};
    long[] permuted = {0x75826f3aL, 0x76d27287L, 0x7590abd3L, 0x2fefad94L};
    for (int number = 1; number <= 4; number++) {
      TaskConfig turned = new TaskConfig("turned", digits, 10 * number, 0, 0, List.of());
      assertThat(trainingSum(turned)).isEqualTo(rotated[number - 1]);
      TaskConfig mixed = new TaskConfig("mixed", digits, 0, number, 0, List.of());
      assertThat(trainingSum(mixed)).isEqualTo(permuted[number - 1]);
    }
  }

  private static long trainingSum(TaskConfig task) {
    DataConfig data =
        new DataConfig(
            published("mnist"),
            new TaskSetConfig("test", new SourceConfig.Mnist(), List.of(task)),
            0,
            ImageChoice.FIRST,
            0,
            Interpolation.NEAREST,
            Permutation.PUBLISHED,
            new AugmentationConfig(0, false),
            DataFixtures.NORMALISATION);
    CRC32 sum = new CRC32();
    sum.update(TaskLoader.of(data, 1, new Configuration()).load(0).train().pixels());
    return sum.getValue();
  }

  @Test
  void saysWhichClassesExist() {
    DataConfig data =
        DataFixtures.data(
            published("mnist"), new SourceConfig.Mnist(), List.of(DataFixtures.task(3, 10)), 0, 0);

    assertThatThrownBy(() -> DataCheck.check(data, new Configuration()))
        .matches(DataFixtures::isDataError)
        .hasMessageContainingAll("[10]", "0 to 9");
  }

  private static byte[] image(LabelledImages images, int index) {
    int size = images.shape().size();
    return Arrays.copyOfRange(images.pixels(), index * size, (index + 1) * size);
  }

  private static String published(String name) {
    String directory = System.getenv("MODELZOO_DATA");
    assumeTrue(directory != null, "MODELZOO_DATA is not set: the published data sets are not read");
    Path path = Path.of(directory, name);
    assumeTrue(Files.isDirectory(path), path + " is not there");
    return path.toString();
  }
}

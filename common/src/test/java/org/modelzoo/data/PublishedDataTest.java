package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.DataConfig;
import org.modelzoo.config.SourceConfig;
import org.modelzoo.config.TaskConfig;

/** The real files, where the environment variable MODELZOO_DATA names a directory with them. */
class PublishedDataTest {
  @Test
  void readsCifar100OutOfItsArchive() {
    List<Integer> all = IntStream.range(0, 100).boxed().toList();
    List<TaskConfig> tasks =
        List.of(DataFixtures.task(4, 30, 55, 72, 95), new TaskConfig("all", all, 0, 0, 0));
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
    List<TaskConfig> tasks = List.of(new TaskConfig("digits", digits, 0, 0, 0));
    for (String name : List.of("mnist", "fashion-mnist")) {
      DataConfig data = DataFixtures.data(published(name), new SourceConfig.Mnist(), tasks, 0, 0);
      TaskImages images = TaskLoader.of(data, 1, new Configuration()).load(0);
      assertThat(images.train().size()).isEqualTo(60_000);
      assertThat(images.test().size()).isEqualTo(10_000);
    }
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

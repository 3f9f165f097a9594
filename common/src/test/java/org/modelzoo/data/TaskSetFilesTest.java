package org.modelzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelzoo.config.ImageShape;
import org.modelzoo.config.SourceConfig;

/** The task sets in {@code conf/data}. */
class TaskSetFilesTest {
  private static final Path DIRECTORY = Path.of("../conf/data");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isNamedAsItsFileAndSetsTheAugmentation(Path file) {
    Config config = ConfigFactory.parseFile(file.toFile());

    assertThat(config.getString("data.set.name") + ".conf")
        .isEqualTo(file.getFileName().toString());
    assertThat(config.hasPath("data.augmentation.crop-padding")).isTrue();
    assertThat(config.hasPath("data.augmentation.horizontal-flip")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesTasksOnceAndClassesOnceInATask(Path file) {
    Config config = ConfigFactory.parseFile(file.toFile());
    if (config.hasPath("data.set.tasks")) {
      List<? extends Config> tasks = config.getConfigList("data.set.tasks");
      assertThat(tasks.stream().map(task -> task.getString("name"))).doesNotHaveDuplicates();
      assertThat(tasks)
          .allSatisfy(task -> assertThat(task.getIntList("classes")).doesNotHaveDuplicates());
    }
  }

  @Test
  void theGeneratedSetCanBeDrawn() {
    Config source = set("synthetic").getConfig("source");
    SourceConfig.Synthetic config =
        new SourceConfig.Synthetic(
            new ImageShape(
                source.getInt("height"), source.getInt("width"), source.getInt("channels")),
            source.getLong("seed"),
            source.getInt("families"),
            source.getInt("tasks-per-family"),
            source.getInt("classes-per-task"),
            source.getInt("train-images-per-class"),
            source.getInt("test-images-per-class"),
            source.getDouble("noise"));

    assertThat(new SyntheticSource(config).check().classNames()).hasSize(config.classes());
  }

  private static Config set(String name) {
    return ConfigFactory.parseFile(DIRECTORY.resolve(name + ".conf").toFile())
        .getConfig("data.set");
  }
}

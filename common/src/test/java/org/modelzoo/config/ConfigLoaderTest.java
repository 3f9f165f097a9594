package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

class ConfigLoaderTest {
  @TempDir Path directory;

  @Test
  void nothingIsFetchedForAnInclude() throws IOException {
    for (String what : List.of("url(\"http://127.0.0.1:1/a.conf\")", "classpath(\"a.conf\")")) {
      Path file = file("one.conf", "include " + what);
      assertThatThrownBy(() -> ConfigLoader.load(List.of(file), List.of()))
          .hasMessageContaining("a.conf, which is not a file; include files only");
    }
  }

  @Test
  void withoutFilesTheQuickStartOnGeneratedDataResults() {
    ModelZooConfig config = ConfigLoader.load(List.of(), List.of()).values();

    assertThat(config.experiment())
        .isEqualTo(new ExperimentConfig("quickstart", 1, Method.ZOO, List.of()));
    assertThat(config.data().directory()).isEmpty();
    assertThat(config.data().set().source()).isInstanceOf(SourceConfig.Synthetic.class);
    assertThat(config.data().normalisation()).isEqualTo(new NormalisationConfig(0.5, 0.25));
    assertThat(config.network()).isEqualTo(new NetworkConfig("small-conv", 0.2, EngineChoice.AUTO));
    assertThat(config.training().momentum()).isEqualTo(0.9);
    assertThat(config.training().weightDecay()).isEqualTo(1e-5);
    assertThat(config.output().directory()).isEqualTo("runs");
  }

  @Test
  void laterFilesWinOverEarlierOnesAndOverridesOverFiles() throws IOException {
    Path first = file("first.conf", "training { epochs = 7, batch-size = 8, momentum = 0.5 }");
    Path second = file("second.conf", "training { epochs = 9, batch-size = 4 }");

    TrainingConfig training =
        ConfigLoader.load(
                List.of(first, second), List.of("training.epochs=11", "training.epochs=12"))
            .values()
            .training();

    assertThat(training.epochs()).isEqualTo(12);
    assertThat(training.batchSize()).isEqualTo(4);
    assertThat(training.momentum()).isEqualTo(0.5);
    assertThat(training.learningRate()).isEqualTo(0.01);
  }

  @Test
  void anIncludeIsRelativeToTheFileItStandsIn() throws IOException {
    file("data/set.conf", "include \"../part.conf\"\n" + taskSet());
    file("part.conf", "training.epochs = 3");
    Path file = file("experiments/one.conf", "include \"../data/set.conf\"\ndata.directory = d");

    ModelZooConfig config = ConfigLoader.load(List.of(file), List.of()).values();

    assertThat(config.data().set().name()).isEqualTo("two-tasks");
    assertThat(config.training().epochs()).isEqualTo(3);
  }

  @Test
  void aMissingIncludeIsAnErrorThatNamesIt() throws IOException {
    Path file = file("one.conf", "include \"../data/nowhere.conf\"");

    assertThatThrownBy(() -> ConfigLoader.load(List.of(file), List.of()))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("one.conf includes \"../data/nowhere.conf\", which cannot be read");
  }

  @Test
  void aCycleOfIncludesIsAnError() throws IOException {
    Path file = file("one.conf", "include \"two.conf\"");
    file("two.conf", "include \"one.conf\"");

    assertThatThrownBy(() -> ConfigLoader.load(List.of(file), List.of()))
        .isInstanceOf(ModelZooException.class)
        .hasMessageEndingWith("you probably have a cycle in your includes.; correct the file");
  }

  @Test
  void missingFilesAndSyntaxErrorsAreReportedTogetherWithFileAndLine() throws IOException {
    Path broken = file("broken.conf", "training {\n  epochs = 3\n  batch-size = ]\n}");
    Path nowhere = directory.resolve("nowhere.conf");

    assertThatThrownBy(() -> ConfigLoader.load(List.of(nowhere, broken, directory), List.of("x")))
        .hasMessageStartingWith("The configuration has 4 problems:")
        .hasMessageContaining("nowhere.conf does not exist; check the path")
        .hasMessageContaining("broken.conf: 3: ")
        .hasMessageContaining(directory + " is a directory; name the file inside")
        .hasMessageContaining("The override \"x\" must read key=value")
        .extracting(exception -> ((ModelZooException) exception).kind())
        .isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void overridesTakePathsAndUrisAsTheyStand() {
    ModelZooConfig config =
        ConfigLoader.load(
                List.of(),
                List.of(
                    "data.directory=hdfs://namenode:8020/data set/#1",
                    "output.directory=\"s3a://bucket/runs\"",
                    "experiment.name=007",
                    "experiment.baselines=[isolated, multi-head]",
                    "data.augmentation.horizontal-flip=true"))
            .values();

    assertThat(config.data().directory()).isEqualTo("hdfs://namenode:8020/data set/#1");
    assertThat(config.output().directory()).isEqualTo("s3a://bucket/runs");
    assertThat(config.experiment().name()).isEqualTo("007");
    assertThat(config.experiment().baselines()).containsExactly(Method.ISOLATED, Method.MULTI_HEAD);
    assertThat(config.data().augmentation().horizontalFlip()).isTrue();
  }

  @Test
  void anEmptyOverrideIsTheEmptyText() {
    assertThat(ConfigLoader.load(List.of(), List.of("data.directory=")).values().data().directory())
        .isEmpty();
  }

  @Test
  void aLayerThatNamesAFormatReplacesTheWholeTaskSet() throws IOException {
    Path listed = file("listed.conf", taskSet() + "\ndata.directory = d");
    Path consecutive =
        file(
            "consecutive.conf",
            "data.set { name = split, source.format = cifar10, classes-per-task = 2 }");

    List<TaskConfig> tasks =
        ConfigLoader.load(List.of(listed, consecutive), List.of()).values().data().set().tasks();

    assertThat(tasks).hasSize(5);
    assertThat(tasks.get(1)).isEqualTo(TaskConfig.plain("classes-2-3", List.of(2, 3)));
  }

  @Test
  void generatedTasksCoverAllFamiliesFirst() {
    DataConfig data =
        ConfigLoader.load(
                List.of(),
                List.of(
                    "data.set.source.families=2",
                    "data.set.source.tasks-per-family=2",
                    "data.set.source.classes-per-task=3"))
            .values()
            .data();

    assertThat(data.set().tasks())
        .containsExactly(
            TaskConfig.plain("family-1-task-1", List.of(0, 1, 2)),
            TaskConfig.plain("family-2-task-1", List.of(3, 4, 5)),
            TaskConfig.plain("family-1-task-2", List.of(6, 7, 8)),
            TaskConfig.plain("family-2-task-2", List.of(9, 10, 11)));
  }

  @Test
  void imageFoldersHaveTheirOwnDefaultsAndNoKnownNumberOfClasses() {
    TaskSetConfig set =
        ConfigLoader.parse(
                "data { directory = d, set { name = mini, source.format = image-folder,"
                    + " classes-per-task = 5, number-of-tasks = 20 } }",
                "text")
            .values()
            .data()
            .set();

    assertThat(set.source())
        .isEqualTo(new SourceConfig.ImageFolder(new ImageShape(84, 84, 3), 0.8));
    assertThat(set.tasks()).hasSize(20);
    assertThat(set.tasks().get(19).classes()).containsExactly(95, 96, 97, 98, 99);
  }

  @Test
  void theTaskLimitKeepsTheFirstTasks() {
    LoadedConfig loaded =
        ConfigLoader.load(List.of(), List.of("data.task-limit=3", "zoo.tasks-per-round=3"));

    assertThat(loaded.values().data().set().tasks())
        .extracting(TaskConfig::name)
        .containsExactly("family-1-task-1", "family-2-task-1", "family-3-task-1");
  }

  @Test
  void systemPropertiesAreNotRead() {
    System.setProperty("training.epochs", "77");
    try {
      assertThat(ConfigLoader.load(List.of(), List.of()).values().training().epochs())
          .isNotEqualTo(77);
    } finally {
      System.clearProperty("training.epochs");
    }
  }

  @Test
  void environmentVariablesAreReadWhereAFileAsksForOne() throws IOException {
    String path = System.getenv("PATH");

    DataConfig data =
        ConfigLoader.load(
                List.of(
                    file(
                        "own.conf",
                        "data.directory = ${?PATH}\noutput.directory = ${?NO_SUCH_NAME}")),
                List.of())
            .values()
            .data();

    assertThat(data.directory()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${NO_SUCH_NAME}", "${NO_SUCH_NAME}\"/mnist\"", "[1, ${NO_SUCH_NAME}]"})
  void aMissingEnvironmentVariableIsAnErrorThatNamesItAndTheFile(String value) throws IOException {
    Path file = file("own.conf", "\ndata.directory = " + value);

    assertThatThrownBy(() -> ConfigLoader.load(List.of(file), List.of()))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessage(
            """
            The configuration has a problem:
              The environment variable NO_SUCH_NAME is not set, and %s: 2 needs it; set it, as in: \
            export NO_SUCH_NAME=…"""
                .formatted(file));
  }

  @Test
  void anUndefinedSubstitutionIsAnError() throws IOException {
    Path file = file("own.conf", "data.directory = ${output.no-such-key}");

    assertThatThrownBy(() -> ConfigLoader.load(List.of(file), List.of()))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("own.conf: 1: ")
        .hasMessageContaining("${output.no-such-key}; define it");
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String taskSet() {
    return """
        data.set {
          name = two-tasks
          source.format = cifar100
          tasks = [
            { name = first, classes = [3, 1] }
            { name = second, classes = [1, 5, 7], rotation = 10, permutation-seed = 4, label-noise = 0.5 }
          ]
        }
        zoo.tasks-per-round = 2
        """;
  }
}

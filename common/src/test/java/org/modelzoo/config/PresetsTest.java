package org.modelzoo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ModelZooException;

/** Every file under {@code conf} can be loaded as it is described. */
class PresetsTest {
  private static final Path PRESETS = Path.of("..", "conf");

  @Test
  void theQuickStartNeedsNoFilesAndNoOptions() {
    ModelZooConfig config =
        ConfigLoader.load(List.of(PRESETS.resolve("quickstart.conf")), List.of()).values();

    assertThat(config.data().set().source()).isInstanceOf(SourceConfig.Synthetic.class);
    assertThat(config.experiment().baselines()).contains(Method.ISOLATED);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartGoesOnTopOfTheQuickStart(Path part) {
    ConfigLoader.load(List.of(PRESETS.resolve("quickstart.conf"), part), List.of());
  }

  static Stream<Path> parts() throws IOException {
    return Stream.concat(files("network"), files("training"));
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void aDataSetNeedsItsDirectoryAlone(Path set) {
    LoadedConfig loaded = ConfigLoader.load(List.of(set), List.of("data.directory=/data"));

    assertThat(set).hasFileName(loaded.values().data().set().name() + ".conf");
  }

  static Stream<Path> dataSets() throws IOException {
    return files("data");
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void anExperimentNeedsTheDirectoryOfItsDataAlone(Path experiment) {
    assumeThat(PRESETS.resolve("data")).isDirectory();

    LoadedConfig loaded = ConfigLoader.load(List.of(experiment), List.of("data.directory=/data"));

    assertThat(experiment).hasFileName(loaded.values().experiment().name() + ".conf");
  }

  static Stream<Path> experiments() throws IOException {
    return files("experiments");
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void aSweepNeedsTheDirectoryOfItsDataAlone(String name, @TempDir Path copy) throws IOException {
    Path file = PresetFiles.withData("\"/data\"", copy).resolve("sweep").resolve(name);
    SweepConfig sweep = SweepLoader.load(List.of(file), List.of("data.directory=/data"));

    assertThat(file).hasFileName(sweep.name() + ".conf");
    assertThat(sweep.repeats()).containsExactly("seed");
    assertThat(sweep.baseline()).isNotEmpty();
  }

  static Stream<String> sweeps() throws IOException {
    return files("sweep").map(file -> file.getFileName().toString());
  }

  @Test
  void thePapersTableHasSevenBenchmarksAndThreeMethods(@TempDir Path copy) throws IOException {
    Path file = PresetFiles.withData("\"/data\"", copy).resolve("sweep/paper-table.conf");
    SweepConfig sweep = SweepLoader.load(List.of(file), List.of());

    assertThat(sweep.experiments())
        .hasSize(7 * 3 * 3)
        .allSatisfy(
            experiment -> {
              ModelZooConfig config = experiment.config().values();
              boolean mini = config.data().set().name().equals("split_miniimagenet");
              ZooConfig zoo = config.zoo();
              assertThat(zoo.mode()).isEqualTo(ZooConfig.Mode.CONTINUAL);
              assertThat(zoo.tasksPerRound()).isEqualTo(5);
              assertThat(zoo.membersPerRound()).isOne();
              assertThat(zoo.signal()).isEqualTo(ZooConfig.Signal.TRAINING);
              assertThat(zoo.weightMean()).isEqualTo(ZooConfig.WeightMean.ALL);
              assertThat(zoo.signalImages())
                  .isEqualTo(
                      mini ? ZooConfig.SignalImages.CLEAN : ZooConfig.SignalImages.AUGMENTED);
              assertThat(config.data().validationShare()).isZero();
              assertThat(config.data().directory()).startsWith("/data");
              assertThat(config.training().epochs()).isEqualTo(100);
            });
    assertThat(sweep.experiments())
        .extracting(experiment -> experiment.config().values().data().set().name())
        .contains("rotated_mnist", "coarse_cifar100", "split_miniimagenet");
  }

  @Test
  void theMultiTaskTableHasBothNumbersOfImages(@TempDir Path copy) throws IOException {
    Path file = PresetFiles.withData("\"/data\"", copy).resolve("sweep/multi-task-table.conf");
    SweepConfig sweep = SweepLoader.load(List.of(file), List.of());

    assertThat(sweep.experiments())
        .hasSize(3 * 2 * 3 * 3)
        .allSatisfy(
            experiment -> {
              ModelZooConfig config = experiment.config().values();
              assertThat(config.zoo().rounds()).isEqualTo(10);
              assertThat(config.zoo().tasksPerRound()).isEqualTo(10);
              assertThat(config.training().epochs()).isEqualTo(200);
              assertThat(config.data().imagesPerClass()).isIn(50, 100);
              assertThat(config.data().imageChoice()).isEqualTo(DataConfig.ImageChoice.SEEDED);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper-table.conf", "multi-task-table.conf"})
  void aTableWithoutItsEnvironmentVariableSaysSo(String name, @TempDir Path copy)
      throws IOException {
    Path file = PresetFiles.withData("${MODELZOO_NOT_SET}", copy).resolve("sweep").resolve(name);

    assertThatThrownBy(() -> SweepLoader.load(List.of(file), List.of()))
        .isInstanceOf(ModelZooException.class)
        .hasMessageStartingWith(
            "The configuration has a problem:\n  The environment variable MODELZOO_NOT_SET is not"
                + " set, and "
                + file);
  }

  @Test
  void noPresetGoesOnWithoutAnEnvironmentVariableThatItReads() throws IOException {
    try (Stream<Path> files = Files.walk(PRESETS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content().doesNotContain("${?");
      }
    }
  }

  @Test
  void theMinimalExperimentIsTheNotebook() {
    assumeThat(PRESETS.resolve("data")).isDirectory();
    Path file = PRESETS.resolve("experiments/coarse-cifar100-minimal.conf");

    ModelZooConfig config = ConfigLoader.load(List.of(file), List.of("data.directory=d")).values();

    assertThat(config.data().set().tasks()).hasSize(15);
    assertThat(config.data().set().tasks().get(0).classes()).containsExactly(4, 30, 55, 72, 95);
    assertThat(config.data().augmentation()).isEqualTo(new AugmentationConfig(0, false));
    assertThat(config.network().name()).isEqualTo("small-conv");
    assertThat(config.training())
        .isEqualTo(
            new TrainingConfig(
                5,
                32,
                0.01,
                TrainingConfig.Schedule.CONSTANT,
                0.9,
                1e-5,
                Precision.FLOAT32,
                0,
                0,
                config.training().dataParallel()));
    assertThat(config.training().dataParallel().isOn()).isFalse();
    assertThat(config.zoo().tasksPerRound()).isEqualTo(5);
    assertThat(config.zoo().membersPerRound()).isEqualTo(1);
    assertThat(config.zoo().signal()).isEqualTo(ZooConfig.Signal.TRAINING);
  }

  private static Stream<Path> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(PRESETS.resolve(directory))) {
      return files.sorted().toList().stream();
    }
  }
}

package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code validate} says of the presets is what was published. */
class PublishedPresetsTest {
  private static final Path CONF = Path.of("..", "conf");
  private static final Path EXPERIMENTS = CONF.resolve("experiments");

  /**
   * Images in an epoch of all members. Continual: members of 1, 2, 3, 4, 5, 5, … tasks, so 90 tasks
   * for 20 and 15 for 5; 2,500 images a task of CIFAR-100, 10,000 of CIFAR-10, 2,400 of
   * mini-ImageNet. Multi-task: ten members of ten tasks of 500 or 250 images.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coarse-cifar100-minimal    |  '' | 15 | 15 | 5  | small-conv | 162500 | 5",
        "coarse-cifar100-continual  |  '' | 20 | 20 | 5  | wrn-16-4   | 225000 | 100",
        "split-cifar100-continual   |  '' | 20 | 20 | 5  | wrn-16-4   | 225000 | 100",
        "split-cifar10-continual    |  '' | 5  | 5  | 5  | wrn-16-4   | 150000 | 100",
        "split-mnist-continual      |  '' | 5  | 5  | 5  | wrn-16-4   |        |",
        "rotated-mnist-continual    |  '' | 5  | 5  | 5  | wrn-16-4   |        |",
        "permuted-mnist-continual   |  '' | 5  | 5  | 5  | wrn-16-4   |        |",
        "split-miniimagenet-continual | '' | 20 | 20 | 5 | wrn-16-4   | 216000 | 100",
        "split-cifar100-single-epoch | '' | 20 | 20 | 5  | wrn-16-4   | 225000 | 1",
        "coarse-cifar100-conv       |  '' | 20 | 20 | 5  | small-conv | 225000 | 100",
        "coarse-cifar100-multi-task |  '' | 10 | 10 | 10 | wrn-16-4   | 50000  | 200",
        "coarse-cifar100-multi-task | data.images-per-class=50 | 10 | 10 | 10 | wrn-16-4 | 25000 |"
            + " 200"
      })
  void aPresetHasThePublishedNumbers(
      String preset,
      String setting,
      int rounds,
      int members,
      int tasks,
      String network,
      Long imagesPerEpoch,
      Integer epochs) {
    String[] more = setting.isEmpty() ? new String[0] : new String[] {"--set", setting};

    String zoo = plan("zoo", validate(EXPERIMENTS.resolve(preset + ".conf"), more));

    assertThat(zoo)
        .containsPattern("rounds +" + rounds + "\n")
        .containsPattern("members +" + members + "\n")
        .containsPattern("tasks a member +up to " + tasks + "\n")
        .containsPattern("network +" + network + ", ");
    if (imagesPerEpoch == null) {
      assertThat(zoo).containsPattern("images to train +known once the files are read\n");
    } else {
      String images = "%,d in %d epochs a member".formatted(imagesPerEpoch * epochs, epochs);
      assertThat(zoo).containsPattern("images to train +" + images + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void noPresetHoldsOutImagesThatDriveNothing(Path preset) {
    assertThat(validate(preset)).doesNotContain("remark");
  }

  static Stream<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(EXPERIMENTS)) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void aMissingEnvironmentVariableEndsASweepBeforeItStarts(@TempDir Path copy) throws IOException {
    String table =
        Files.readString(CONF.resolve("sweep/paper-table.conf"))
            .replace("../", CONF.toAbsolutePath().normalize() + "/")
            .replace("${MODELZOO_DATA}", "${MODELZOO_NOT_SET}");
    Path file = Files.writeString(copy.resolve("paper-table.conf"), table);

    Console console = Console.run(new String[] {"sweep", "--config", file.toString()});

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .containsOnlyOnce("The environment variable MODELZOO_NOT_SET is not set")
        .contains("paper-table.conf: ", "export MODELZOO_NOT_SET=")
        .doesNotContain("\tat ");
  }

  private static String validate(Path preset, String... more) {
    Console console =
        Console.run(
            new String[] {
              "validate", "--config", preset.toString(), "--set", "data.directory=/data"
            },
            more);
    assertThat(console.exitCode()).as(console.err()).isZero();
    return console.out();
  }

  /** The lines of one method. */
  private static String plan(String method, String output) {
    return Stream.of(output.split("\n\n"))
        .filter(part -> part.matches("(?s)method +" + method + "\n.*"))
        .findFirst()
        .map(part -> part + "\n")
        .orElseThrow();
  }
}

package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.spark.TinyExperiment;

class DataCommandTest {
  @TempDir private Path directory;

  @Test
  void inspectShowsTheTasksAndWritesFiles() throws IOException {
    Path output = directory.resolve("inspection");

    Console console = inspect("--output", output.toString());

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("tiny: 4 tasks of 22×22×1 images")
        .containsPattern("family-1-task-1 +2 +16 +4 +10 +10 +5 +0\\.\\d{3} +0\\.\\d{3}\n")
        .contains("No two images are equal.");
    JsonNode json = new ObjectMapper().readTree(output.resolve("inspection.json").toFile());
    assertThat(json.path("format_version").asInt()).isEqualTo(1);
    assertThat(json.path("tasks")).hasSize(4);
    assertThat(json.at("/tasks/0/classes/1/train").asInt()).isEqualTo(8);
    assertThat(ImageIO.read(output.resolve("task-03-family-2-task-2.png").toFile())).isNotNull();
    assertThat(output.toFile().list()).hasSize(5);
  }

  @Test
  void namesOfTasksAreNoPaths() {
    assertThat(DataInspectCommand.sheetName("../../up and away", 3))
        .isEqualTo("task-03-..-..-up-and-away.png");
    assertThat(DataInspectCommand.sheetName("x".repeat(300), 100)).hasSize(9 + 64 + 4);
  }

  @Test
  void unwritableOutputIsSaidInWords() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    Console console = inspect("--output", file.resolve("below").toString());

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("can't write --output").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "mnist, --attempts, 0, --attempts must be between 1 and 100",
    "mnist, --stall-limit, 0, --stall-limit must be between 1 and 3600",
    "mnist, --mirror, ftp://host/, 'must be such as https://host/directory/'",
    "mnist, --mirror, 'http:// /', 'must be such as https://host/directory/'",
    "mnist, --directory, 'xyz:', is not a valid location",
    "imagenet, --attempts, 1, is not a data set that can be fetched",
    "mini-imagenet, --attempts, 1, image-net.org"
  })
  void whatCannotBeFetchedIsAUsageError(String name, String option, String value, String message) {
    Console console =
        Console.run(
            option.equals("--directory")
                ? new String[] {"data", "fetch", name, option, value}
                : new String[] {
                  "data", "fetch", name, "--directory", directory.toString(), option, value
                });

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains(message).doesNotContain("\tat ");
    assertThat(directory).isEmptyDirectory();
  }

  private Console inspect(String... more) {
    String[] inspect = TinyExperiment.arguments("inspect", directory.resolve("runs"));
    return Console.run(
        new String[] {"data"},
        Stream.concat(Stream.of(inspect), Stream.of(more)).toArray(String[]::new));
  }
}

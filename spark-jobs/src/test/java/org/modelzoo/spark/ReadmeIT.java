package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the README do what it says. */
@Tag("full")
class ReadmeIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String QUICK_START = "deploy/modelzoo train --config conf/quickstart.conf";

  @TempDir private Path directory;

  @Test
  void theQuickStartTrainsAZooThatBeatsIsolatedTraining() throws Exception {
    assertThat(commands()).contains(QUICK_START);
    Launcher.Result result = new Launcher(directory).run(arguments(QUICK_START));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("family-1-task-1", "average", "run directory");
    JsonNode summary =
        new ObjectMapper().readTree(directory.resolve("runs/quickstart/summary.json").toFile());
    assertThat(summary.path("average_accuracy").asDouble())
        .isGreaterThan(summary.path("baselines").path("isolated").asDouble() + 0.03);
  }

  /** Those that train elsewhere are checked as far as their plan. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsValid(String command) throws Exception {
    Launcher.Result plan =
        new Launcher(directory)
            .run(arguments(command.replace("modelzoo train", "modelzoo validate")));
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("members");
  }

  static List<String> commands() throws IOException {
    return lines().filter(line -> !line.contains(" benchmark")).toList();
  }

  private static Stream<String> lines() throws IOException {
    return Files.readAllLines(ROOT.resolve("README.md")).stream()
        .filter(line -> line.startsWith("deploy/modelzoo "));
  }

  /** The command's words without the program; files of the checkout by their full names. */
  private static String[] arguments(String command) {
    return Arrays.stream(command.split(" "))
        .skip(1)
        .map(word -> word.startsWith("conf/") ? ROOT.resolve(word).toString() : word)
        .toArray(String[]::new);
  }
}

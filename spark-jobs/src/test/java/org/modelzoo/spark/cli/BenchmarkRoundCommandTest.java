package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;

@ExtendWith(LocalMaster.class)
class BenchmarkRoundCommandTest {
  @TempDir private Path directory;

  @Tag("full")
  @Test
  void comparesEveryRoundWithItsBareSteps() throws Exception {
    Path json = directory.resolve("round.jsonl");
    Console console = round("--seconds", "1", "--json", json.toString());
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains("efficiency", "1 (warm-up)", "counted", "bare step");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.path("kind").asText()).isEqualTo("round");
    assertThat(result.path("members").asInt()).isEqualTo(2);
    assertThat(result.path("rounds")).hasSize(4);
    for (JsonNode round : result.path("rounds")) {
      double parts = 0;
      for (String part :
          List.of("before_seconds", "training_seconds", "evaluation_seconds", "commit_seconds")) {
        parts += round.path(part).asDouble();
      }
      assertThat(parts).isCloseTo(round.path("wall_seconds").asDouble(), within(0.01));
    }
    // Two members of one task, then six of two; 16 of 20 images a task, 2 epochs.
    assertThat(result.path("rounds").get(0).path("train_images").asInt()).isEqualTo(64);
    assertThat(result.path("rounds").get(3).path("train_images").asInt()).isEqualTo(128);
    assertThat(result.path("efficiency").asDouble())
        .isCloseTo(
            result.path("bare_seconds").asDouble() / result.path("wall_seconds").asDouble(),
            within(1e-9));
    assertThat(directory.toFile().list()).containsExactly("round.jsonl");
  }

  @Test
  void aClusterIsRefused() {
    System.setProperty("spark.master", "spark://nowhere:7077");
    Console console = round();
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("spark://nowhere:7077", "local[N]");
  }

  @Test
  void roundsThatOverlapAreRefused() {
    Console console = round("--set", "zoo.lookahead=1");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("zoo.lookahead = 1", "--set zoo.lookahead=0");
  }

  @Test
  void noTimeIsRefused() {
    Console console = round("--seconds", "0");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("--seconds", "at least 1");
  }

  private Console round(String... options) {
    String[] tiny = TinyExperiment.arguments("round", directory.resolve("unused"));
    List<String> arguments = new ArrayList<>(List.of("benchmark"));
    arguments.addAll(Arrays.asList(tiny));
    return Console.run(arguments.toArray(String[]::new), options);
  }
}

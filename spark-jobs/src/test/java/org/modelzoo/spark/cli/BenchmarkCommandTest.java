package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkCommandTest {
  private static final String[] TINY = {
    "benchmark", "--network", "wrn-10-1", "--batch", "4", "--seconds", "1"
  };

  @TempDir private Path directory;

  @Test
  void measuresEveryCaseAndAddsALineOfJsonForEach() throws Exception {
    Path json = Files.writeString(directory.resolve("lines.jsonl"), "{}\n");
    Console console = Console.run(TINY, "--members", "1,2", "--json", json.toString());
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains("wrn-10-1", "images/s", "forward ms", "Java", "cores");
    List<String> lines = Files.readAllLines(json);
    assertThat(lines).hasSize(3);
    assertThat(new ObjectMapper().readTree(lines.get(2)).path("members").asInt()).isEqualTo(2);
    JsonNode line = new ObjectMapper().readTree(lines.get(1));
    assertThat(line.path("kind").asText()).isEqualTo("training");
    assertThat(line.path("engine").asText()).isEqualTo("dl4j");
    assertThat(line.path("precision").asText()).isEqualTo("float32");
    assertThat(line.path("device").asText()).isEqualTo("cpu");
    assertThat(line.path("network").asText()).isEqualTo("wrn-10-1");
    assertThat(line.path("batch").asInt()).isEqualTo(4);
    assertThat(line.path("members").asInt()).isEqualTo(1);
    assertThat(line.path("threads").asInt()).isEqualTo(1);
    for (String field :
        List.of(
            "images_per_second",
            "step_ms_median",
            "step_ms_p10",
            "step_ms_p90",
            "forward_ms",
            "backward_ms",
            "update_ms",
            "input_ms",
            "steps",
            "cores")) {
      assertThat(line.path(field).asDouble()).as(field).isPositive();
    }
    assertThat(line.has("peak_rss_mb")).isTrue();
    assertThat(line.path("processor").asText()).isNotEmpty();
  }

  @Tag("full")
  @Test
  void standardOutputCanBeJsonAlone() throws Exception {
    Console console = Console.run(TINY, "--members", "1", "--evaluation", "--json", "-");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(console.out());
    assertThat(line.path("kind").asText()).isEqualTo("evaluation");
    assertThat(line.path("backward_ms").isNull()).isTrue();
  }

  @Tag("full")
  @Test
  void theProfileListsLayersAndSumsByKind() {
    Console console = Console.run(TINY, "--profile");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("stem", "group3-block1-conv2", "heads", "update", "between the layers")
        .contains("GFLOP/s", "GB/s")
        .containsPattern("all +convolution")
        .contains("Not in it:", "the input pipeline");
  }

  @ParameterizedTest
  @CsvSource({
    "--batch, 0, at least 1",
    "--batch, many, many",
    "--members, -1, at least 1",
    "--threads, 0, at least 1",
    "--seconds, 0, at least 1",
    "--engine, jax, jax",
    "--precision, float64, tensor-float32",
    "--device, gpu, cuda:N",
    "--device, cuda:x, cuda:N",
    "--network, wrn-17-4, wrn-17-4",
    "--json, nowhere/at/all.jsonl, nowhere/at/all.jsonl"
  })
  void badValuesEndBeforeAnythingIsMeasured(String option, String value, String named) {
    Console console = Console.run(new String[] {"benchmark", option, value});
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains(named).doesNotContain("measuring").doesNotContain("\tat ");
  }

  @Test
  void aProfileIsOfOneMember() {
    Console console = Console.run(TINY, "--profile", "--members", "2");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("--profile", "--members");
  }
}

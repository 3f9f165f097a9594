package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkSearchCommandTest {
  @TempDir private Path directory;

  @Test
  void everySamplerIsComparedOnEveryFunction() throws IOException {
    Path json = directory.resolve("results.jsonl");
    Path plots = directory.resolve("plots");
    String[] command = {"benchmark", "search", "--seeds", "2", "--trials", "12"};

    Console console = Console.run(command, "--json", json.toString(), "--plot", plots.toString());

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains(
            "hartmann-6",
            "one-plus-one",
            "tpe",
            "asha (promotion pause) reached",
            "asha (promotion stop) reached");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(json)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(3 * 4 + 3 + 2 * 2);
    assertThat(lines.get(3).get("sampler").asText()).isEqualTo("TPE");
    assertThat(lines.get(3).get("curve")).hasSize(12);
    assertThat(plots.resolve("search-branin.png")).isNotEmptyFile();
    assertThat(plots.resolve("search-asha.png")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({"--seeds, 1", "--trials, 1", "--trials, many"})
  void badValuesAreUsageErrors(String option, String value) {
    Console console = Console.run(new String[] {"benchmark", "search", option, value});
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains(option, value, "Try: modelzoo benchmark search --help");
  }

  @Test
  void anUnwritablePlaceIsSaidBeforeAnythingIsMeasured() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    Console console =
        Console.run(
            new String[] {"benchmark", "search", "--plot", file.resolve("below").toString()});
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("can't write --plot").doesNotContain("\tat ");
  }
}

package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkScaleCommandTest {
  @TempDir private Path directory;

  @Test
  void theFarmRunsEveryUnit() throws IOException {
    List<JsonNode> lines = measure("farm", "--units", "8", "--slots", "2", "--milliseconds", "1");
    // Units: an eighth would be fewer than the slots.
    assertThat(lines).extracting(line -> line.get("units").asInt()).containsExactly(2, 4, 8);
    JsonNode whole = lines.get(lines.size() - 1);
    assertThat(whole.get("slots").asInt()).isEqualTo(2);
    assertThat(whole.get("milliseconds").asInt()).isEqualTo(1);
    assertThat(whole.get("busy_share").asDouble()).isBetween(0.0, 1.0);
    assertThat(whole.has("grown")).isFalse();
    assertThat(lines.get(0).get("grown").asText()).isEqualTo("units");
    assertThat(lines.get(0).has("met")).isFalse();
  }

  @Test
  void bookkeepingGrowsAlongTasksRoundsAndImages() throws IOException {
    List<JsonNode> lines =
        measure("bookkeeping", "--tasks", "4", "--rounds", "4", "--images", "40");
    assertThat(lines)
        .extracting(line -> line.path("grown").asText())
        .containsExactly("tasks", "tasks", "rounds", "rounds", "images", "images", "");
    JsonNode whole = lines.get(lines.size() - 1);
    assertThat(whole.get("tasks").asInt()).isEqualTo(4);
    assertThat(whole.get("rounds").asInt()).isEqualTo(4);
    assertThat(whole.get("images").asInt()).isEqualTo(40);
    assertThat(whole.get("target").asText()).contains("600 MB");
    assertThat(whole.get("met").isBoolean()).isTrue();
  }

  @Tag("full")
  @Test
  void aStoredZooIsEvaluatedAgain() throws IOException {
    List<JsonNode> lines =
        measure("predictions", "--stored-tasks", "6", "--stored-members", "4", "--images", "30");
    JsonNode whole = lines.get(lines.size() - 1);
    assertThat(whole.get("members").asInt()).isEqualTo(4);
    assertThat(whole.get("target").asText()).contains("30 s");
  }

  @Tag("full")
  @Test
  void aSearchOfTrialsThatDoNoWork() throws IOException {
    List<JsonNode> lines = measure("search", "--trials", "8", "--slots", "2");
    assertThat(lines).extracting(line -> line.get("trials").asInt()).containsExactly(1, 2, 4, 8);
    assertThat(lines.get(3).get("target").asText()).contains("60 s");
  }

  @Tag("full")
  @Test
  void aStoredStudyIsOpenedAgain() throws IOException {
    List<JsonNode> lines = measure("study", "--stored-trials", "16");
    assertThat(lines).extracting(line -> line.get("trials").asInt()).containsExactly(2, 4, 8, 16);
    assertThat(lines.get(3).get("met").asBoolean()).isTrue();
  }

  @Tag("full")
  @Test
  void aStoredZooHasAReport() throws IOException {
    List<JsonNode> lines =
        measure("report", "--stored-tasks", "4", "--stored-members", "2", "--images", "30");
    assertThat(lines.get(lines.size() - 1).get("target").asText()).contains("10 MB");
  }

  @Tag("full")
  @Test
  void aSweepIsPlannedAndItsResultsAreMadeAgain() throws IOException {
    List<JsonNode> lines = measure("sweep", "--experiments", "10");
    assertThat(lines).extracting(line -> line.get("experiments").asInt()).containsExactly(5, 10);
    assertThat(lines.get(1).get("target").asText()).contains("20 s");
  }

  @Tag("full")
  @Test
  void proposalsAfterManyTrials() throws IOException {
    List<JsonNode> lines = measure("proposals", "--stored-trials", "16");
    assertThat(lines).extracting(line -> line.get("trials").asInt()).containsExactly(2, 4, 8, 16);
  }

  @Test
  void aBoardFindsRunsAndAnswers() throws IOException {
    List<JsonNode> lines = measure("board", "--runs", "16");
    assertThat(lines).extracting(line -> line.get("runs").asInt()).containsExactly(2, 4, 8, 16);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.get("filter_ms").asDouble()).isPositive();
              assertThat(line.get("first_page_ms").asDouble()).isPositive();
            });
    assertThat(lines.get(3).get("target").asText()).contains("15 s");
    assertThat(lines.get(3).get("met").asBoolean()).isTrue();
  }

  private List<JsonNode> measure(String what, String... sizes) throws IOException {
    Path json = directory.resolve("results.jsonl");
    Path plots = directory.resolve("plots");
    List<String> arguments = new ArrayList<>(List.of("benchmark", "scale", "--measure", what));
    arguments.addAll(List.of(sizes));
    arguments.addAll(List.of("--json", json.toString(), "--plot", plots.toString()));
    Console console = Console.run(arguments.toArray(String[]::new));
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains("cores", "measurement", what, "target");
    assertThat(plots.resolve("scale-" + what + ".png")).isNotEmptyFile();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(json)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.get("measurement").asText()).isEqualTo(what);
              assertThat(line.get("seconds").asDouble()).isPositive();
              assertThat(line.get("peak_heap_mb").asLong()).isPositive();
              assertThat(line.get("processor").asText()).isNotEmpty();
              assertThat(line.get("cores").asInt()).isPositive();
            });
    return lines;
  }

  @Test
  void resultsAreAppended() throws IOException {
    Path json = Files.writeString(directory.resolve("results.jsonl"), "{\"before\":1}\n");
    String[] command = {"benchmark", "scale", "--measure", "bookkeeping", "--tasks", "1"};
    Console console =
        Console.run(command, "--rounds", "1", "--images", "10", "--json", json.toString());
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(json).content().startsWith("{\"before\":1}\n{\"measurement\":\"bookkeeping\"");
  }

  @ParameterizedTest
  @CsvSource({
    "--units, 0",
    "--slots, -1",
    "--milliseconds, 0",
    "--tasks, 5001",
    "--rounds, none",
    "--stored-tasks, 0",
    "--stored-members, 1",
    "--images, 9",
    "--trials, 0",
    "--stored-trials, 0",
    "--runs, 50001",
    "--measure, speed",
  })
  void badValuesAreUsageErrors(String option, String value) {
    Console console = Console.run(new String[] {"benchmark", "scale", option, value});
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains(option, value, "Try: modelzoo benchmark scale --help");
  }

  @ParameterizedTest
  @CsvSource({"--json", "--plot"})
  void anUnwritablePlaceIsSaidBeforeAnythingIsMeasured(String option) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    Console console =
        Console.run(new String[] {"benchmark", "scale", option, file.resolve("below").toString()});
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err())
        .contains("can't write " + option)
        .doesNotContain("bookkeeping:")
        .doesNotContain("\tat ");
  }
}

package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.spark.tracker.FakeMlflow;

@ExtendWith(LocalMaster.class)
class TogetherCommandTest {
  private static final String SWEEP =
      "sweep { name = rates, axes = [ { name = rate, key = training.learning-rate, values = [%s] } ] }\n"
          + "experiment.method = multi-head\n";

  @TempDir private Path directory;

  private static final String SEARCH =
      "experiment { name = rates-searched, method = multi-head }\ndata.validation-share = 0.2\n"
          + "search { trials = 2, objective = test, scheduler.method = none\n"
          + "space { \"training.learning-rate\" { choice = [0.01, 0.02] } } }\n";

  @Tag("full")
  @Test
  void aSweepASearchAndATrainingEndAsTheyDoAlone() throws IOException {
    Path heavy = file("heavy.conf", "experiment.name = heavy\ncluster.weight = 3\n");
    Path sweep = file("sweep.conf", SWEEP.formatted("0.01, 0.02"));
    Path search = file("search.conf", SEARCH);
    Console both;
    try (FakeMlflow mlflow = FakeMlflow.start()) {
      both = together(List.of(tracked(mlflow)), heavy, sweep, search);
      assertThat(both.exitCode()).as(both.err()).isZero();
      assertThat(both.err()).doesNotContain("dropped");
      requireTracked(mlflow);
    }
    assertThat(both.err())
        .contains("rates-searched: search.objective = test chooses by the test images")
        .contains("rates-searched: trial-00001 rung 1, ")
        .contains("heavy zoo round 4/4 done", "rates rate-0.02 multi-head round 1/1 done");
    assertThat(both.out()).contains("heavy\n", "learning accuracy", "rates\n", "0.02     1");
    assertThat(directory.resolve("out/rates-searched/study.json")).exists();
    assertThat(directory.resolve("out/rates/progress.json")).exists();

    Console alone =
        Console.run(
            TinyExperiment.arguments("train", directory.resolve("alone"), "experiment.name=heavy"));
    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(RunFilesOf.results(directory.resolve("out/heavy")))
        .hasSizeGreaterThan(10)
        .isEqualTo(RunFilesOf.results(directory.resolve("alone/heavy")));

    Console again = together(heavy, sweep, search);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isEqualTo(both.out());
    assertThat(again.err()).isEmpty();
  }

  private static String tracked(FakeMlflow mlflow) {
    return "trackers={ tensorboard.enabled = true, mlflow.uri = \"%s\" }".formatted(mlflow.uri());
  }

  private void requireTracked(FakeMlflow mlflow) {
    assertThat(mlflow.refusals()).isEmpty();
    Map<String, FakeMlflow.Run> runs = mlflow.runs();
    List<String> tree = new ArrayList<>();
    for (FakeMlflow.Run run : runs.values()) {
      assertThat(run.status()).as(run.name()).isEqualTo("FINISHED");
      FakeMlflow.Run parent = runs.get(run.tags().getOrDefault("mlflow.parentRunId", ""));
      tree.add((parent == null ? "" : parent.name() + " / ") + run.name());
    }
    assertThat(tree)
        .contains("heavy zoo", "heavy zoo / round-003-member-01", "rates sweep")
        .contains("rates sweep / rate-0.01 multi-head", "rates sweep / rate-0.02 multi-head")
        .contains("rate-0.02 multi-head / round-000-member-00")
        .contains("rates-searched search", "rates-searched search / trial-00001")
        .hasSize(1 + 2 * 4 + 1 + 2 * 2 + 1 + 2);
    assertThat(mlflow.artifacts().keySet())
        .anyMatch(file -> file.endsWith("/results.csv"))
        .anyMatch(file -> file.endsWith("/best.conf"));
    assertThat(directory.resolve("out/rates/rate-0.01/tensorboard")).isNotEmptyDirectory();
    assertThat(directory.resolve("out/rates-searched/tensorboard/trials/trial-00001"))
        .isNotEmptyDirectory();
  }

  @Test
  void oneThatFailsStopsNoOtherAndTheWorstGivesTheExitCode() throws IOException {
    Path diverges = file("sweep.conf", SWEEP.formatted("1e30"));
    Path good = file("good.conf", "experiment.name = good\nexperiment.method = isolated\n");
    Path taken = file("taken.conf", "experiment.name = taken\n");
    Files.createDirectories(directory.resolve("out"));
    Files.writeString(directory.resolve("out/taken"), "in the way");
    Console console = together(diverges, taken, good);
    assertThat(console.exitCode()).as(console.err()).isEqualTo(5);
    assertThat(console.err())
        .contains("good isolated round 1/1 done", "2 of 3 failed; the others were not stopped")
        .contains("\n  rates: 1 of 1 experiments failed", "\n  taken: can't write")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("out/good/summary.json")).exists();
    assertThat(top("good")).contains("finished");
  }

  @Test
  void whatCannotBeDoneTogetherIsRefusedBeforeSparkStarts() throws IOException {
    Path one = file("one.conf", "experiment.name = one\n");
    Path two = file("two.conf", "experiment.name = two\ncluster.members-at-once = 2\n");
    assertRefused("one and two differ in section cluster", one, two);
    assertRefused("two of them are named one", one, one);
    assertRefused(
        "sweep.axes and search.space",
        file("both.conf", "search.space { a { fixed = 1 } }\n" + SWEEP.formatted("0.1")));
    assertRefused("typo.conf: The configuration has a problem", file("typo.conf", "zoo.round = 1"));
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void theCommandOfTheDocumentationNamesFilesThatGoTogether() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    String command =
        Files.readAllLines(root.resolve("docs/sweeps.md")).stream()
            .filter(line -> line.startsWith("deploy/modelzoo together "))
            .findFirst()
            .orElseThrow();
    List<String> data = List.of("data.directory=/data");
    List<ClusterConfig> clusters = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      if (word.startsWith("conf/")) {
        clusters.add(JobFile.read(root.resolve(word), data).values().cluster());
      }
    }
    assertThat(clusters).hasSize(2).containsOnly(clusters.get(0));
  }

  private void assertRefused(String message, Path... files) {
    Console console = together(files);
    assertThat(console.exitCode()).as(console.err()).isEqualTo(2);
    assertThat(console.err()).contains(message).doesNotContain("\tat ");
  }

  private String top(String name) {
    return Console.run(new String[] {"top", "--once", directory.resolve("out/" + name).toString()})
        .out();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** Of the tiny experiment, what the files leave open. */
  private Console together(Path... files) {
    return together(List.of(), files);
  }

  private Console together(List<String> settings, Path... files) {
    List<String> words =
        new ArrayList<>(
            List.of(
                TinyExperiment.arguments(
                    "together", directory.resolve("out"), settings.toArray(String[]::new))));
    words.subList(1, 3).clear(); // --set experiment.name=…
    for (Path file : files) {
      words.add(file.toString());
    }
    return Console.run(words.toArray(String[]::new));
  }
}

package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;

@ExtendWith(LocalMaster.class)
class SweepCommandTest {
  private static final String AXES =
      """
      { name = method, key = experiment.method, values = [isolated, zoo] }
      { name = seed, key = experiment.seed, values = [1, 2], repeats = true }
      """;

  @TempDir private Path directory;

  @Test
  void runsEveryExperimentOnceAndComparesThem() throws IOException {
    Console first = sweep(AXES);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("isolated     2", "zoo          2", "gain", "95 % interval");
    assertThat(first.err()).contains("zoo_seed-2 zoo round 4/4 done");
    Path results = directory.resolve("out/small/results.csv");
    assertThat(Files.readAllLines(results)).hasSize(5);
    assertThat(directory.resolve("out/small/results.md")).content().contains("| zoo | 2 |");
    assertThat(directory.resolve("out/small/zoo_seed-1/summary.json")).exists();

    FileTime written = Files.getLastModifiedTime(results);
    Console again = sweep(AXES);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(again.err()).isEmpty();
    assertThat(Files.getLastModifiedTime(results)).isEqualTo(written);

    Path table = directory.resolve("out/small/results.md");
    String before = Files.readString(table);
    Console compared = sweep(AXES, "--set", "sweep.baseline.method=zoo");
    assertThat(compared.exitCode()).as(compared.err()).isZero();
    assertThat(compared.err()).doesNotContain("round");
    assertThat(table).content().isNotEqualTo(before).contains("| zoo | 2 |");
  }

  @Test
  void givesTheResultsOfTheSameExperimentAlone() throws IOException {
    assertThat(sweep(AXES).exitCode()).isZero();
    Console alone =
        Console.run(
            TinyExperiment.arguments("train", directory.resolve("alone"), "experiment.seed=2"));
    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(directory.resolve("out/small/zoo_seed-2/accuracy-matrix.csv"))
        .hasSameTextualContentAs(directory.resolve("alone/tiny/accuracy-matrix.csv"));
  }

  @Test
  void anExperimentThatFailsDoesNotStopTheOthersAndIsRetriedOnRequest() throws IOException {
    String axes =
        "{ name = rate, key = training.learning-rate, values = [1e30, 0.01] }\n"
            + "{ name = method, key = experiment.method, values = [multi-head] }\n";
    Console first = sweep(axes);
    assertThat(first.exitCode()).as(first.err()).isEqualTo(5);
    assertThat(first.err())
        .contains("1 of 2 experiments failed", "diverged", "--retry-failed")
        .doesNotContain("\tat ");
    assertThat(Files.readAllLines(directory.resolve("out/small/results.csv"))).hasSize(2);

    Console skipped = sweep(axes);
    assertThat(skipped.exitCode()).isEqualTo(5);
    assertThat(skipped.err()).doesNotContain("round 1/1");

    Console retried = sweep(axes, "--retry-failed");
    assertThat(retried.exitCode()).isEqualTo(5);
    assertThat(retried.err()).contains("multi-head round 1/1");
  }

  @Test
  void aDryRunPrintsThePlanAndWritesNothing() throws IOException {
    Console plan = sweep(AXES, "--dry-run");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("isolated_seed-1", "to-do", "4 of 4 experiments to do")
        .contains("images to train on");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void whatAllShareMustNotDiffer() throws IOException {
    Console console = sweep("{ name = t, key = cluster.threads-per-member, values = [1, 2] }");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("differ in section cluster");
  }

  private Console sweep(String axes, String... options) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("sweep.conf"),
            "sweep {\n name = small\n axes = [\n%s]\n baseline %s\n}\n"
                .formatted(axes, axes.equals(AXES) ? "{ method = isolated }" : "{}"));
    Stream<String> arguments =
        Stream.of(TinyExperiment.arguments("sweep", directory.resolve("out")))
            .filter(argument -> !argument.isEmpty());
    List<String> all = Stream.concat(arguments, Stream.of("--config", file.toString())).toList();
    return Console.run(all.toArray(String[]::new), options);
  }
}

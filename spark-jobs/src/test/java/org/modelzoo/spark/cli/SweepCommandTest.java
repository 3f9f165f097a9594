package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.faults.FaultyDisk.Operation;

@ExtendWith(LocalMaster.class)
class SweepCommandTest {
  private static final String AXES =
      """
      { name = method, key = experiment.method, values = [isolated, zoo] }
      { name = seed, key = experiment.seed, values = [1, 2], repeats = true }
      """;

  private static final String AT_ONCE = "--set=sweep.experiments-at-once=2";

  @TempDir private Path directory;

  @Test
  void runsEveryExperimentOnceAsIfAloneAndComparesThem() throws IOException {
    Console first = sweep(AXES);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("isolated     2", "zoo          2", "gain", "95 % interval");
    assertThat(first.err()).contains("zoo_seed-2 zoo round 4/4 done");
    Path results = directory.resolve("out/small/results.csv");
    assertThat(Files.readAllLines(results)).hasSize(5);
    assertThat(directory.resolve("out/small/results.md")).content().contains("| zoo | 2 |");
    assertThat(directory.resolve("out/small/zoo_seed-1/summary.json")).exists();

    Console alone =
        Console.run(
            TinyExperiment.arguments("train", directory.resolve("alone"), "experiment.seed=2"));
    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(directory.resolve("out/small/zoo_seed-2/accuracy-matrix.csv"))
        .hasSameTextualContentAs(directory.resolve("alone/tiny/accuracy-matrix.csv"));

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

  @Tag("full")
  @Test
  void killedInTheMiddleItRunsWhatIsMissingAndEndsAsIfNothingHadHappened() throws IOException {
    String methods =
        "{ name = method, key = experiment.method, values = [isolated, multi-head, zoo] }\n";
    System.setProperty("spark.master", "local[1]");
    assertThat(sweep(methods, AT_ONCE).exitCode()).isZero();
    Path calm = directory.resolve("calm");
    Files.move(directory.resolve("out/small"), calm);

    System.setProperty("spark.master", "local[2]");
    FaultyDisk disk = new FaultyDisk(directory.resolve("disk"));
    Path sweep = directory.resolve("out/small");
    FaultyDisk.Order killed = disk.endAt(Operation.RENAME, "/zoo/rounds/round-002\\.json");
    Console ended =
        disk.here(
            () ->
                sweep(
                    methods,
                    AT_ONCE,
                    "--set=output.directory=\"" + FaultyDisk.uri(sweep.getParent()) + "\""));
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(killed.hasStruck()).isTrue();
    assertThat(sweep.resolve("zoo/rounds/round-001.json")).exists();
    Map<Path, FileTime> finished = times(sweep.resolve("multi-head/members"));
    assertThat(finished).hasSizeGreaterThan(3);
    FaultyDisk.forgetDrivers(sweep);

    Console again = sweep(methods, AT_ONCE);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("zoo zoo round 4/4 done")
        .doesNotContain("multi-head multi-head", "zoo round 2/4 done");
    assertThat(again.out()).contains("95 % interval");
    assertThat(times(sweep.resolve("multi-head/members"))).isEqualTo(finished);
    assertThat(results(sweep))
        .containsKeys("isolated/summary.json", "zoo/rounds/round-003.json")
        .isEqualTo(results(calm));
  }

  /** All that doesn't tell the time. */
  private static SortedMap<String, String> results(Path sweep) throws IOException {
    SortedMap<String, String> results = RunFilesOf.results(sweep);
    results.remove("results.csv");
    // The last column is time.
    results.put(
        "results.md",
        Files.readString(sweep.resolve("results.md")).replaceAll("(?m)[^|]*\\|$", ""));
    return results;
  }

  private static Map<Path, FileTime> times(Path below) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
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
    Console console = sweep("{ name = t, key = cluster.members-at-once, values = [1, 2] }");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("differ in section cluster, in which only");
  }

  @Test
  void membersOfSeveralSizesWaitForACluster() throws Exception {
    Console console = sweep("{ name = t, key = cluster.threads-per-member, values = [1, 2] }");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err())
        .containsOnlyOnce("members with 2 threads and no GPU take 1 thread and no GPU, as all");
  }

  private Console sweep(String axes, String... options) {
    Path file = directory.resolve("sweep.conf");
    try {
      Files.writeString(
          file,
          "sweep {\n name = small\n axes = [\n%s]\n baseline %s\n}\n"
              .formatted(axes, axes.contains("isolated") ? "{ method = isolated }" : "{}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Stream<String> arguments =
        Stream.of(TinyExperiment.arguments("sweep", directory.resolve("out")))
            .filter(argument -> !argument.isEmpty());
    List<String> all = Stream.concat(arguments, Stream.of("--config", file.toString())).toList();
    return Console.run(all.toArray(String[]::new), options);
  }
}

package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a run comes about, its results are the same to the bit. */
class SameResultsIT {
  @TempDir private static Path directory;
  private static SortedMap<String, String> undisturbed;

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    Path output = Files.createDirectory(directory.resolve("undisturbed"));
    Launcher.Result result = new Launcher(directory).run(train(output, "--master", "local[1]"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    undisturbed = RunFilesOf.results(output.resolve("tiny"));
    assertThat(undisturbed).containsKeys("summary.json", "accuracy-matrix.csv");
  }

  @Test
  void onAClusterOfTwoExecutors() throws Exception {
    Path output = Files.createDirectory(directory.resolve("cluster"));
    try (StandaloneCluster cluster = StandaloneCluster.start(directory, 2)) {
      Launcher.Result result = new Launcher(directory).run(onCluster(output, cluster));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).contains("images/s");
    }
    assertThat(RunFilesOf.results(output.resolve("tiny"))).isEqualTo(undisturbed);
    for (int worker = 0; worker < 2; worker++) {
      assertThat(directory.resolve("work-" + worker)).isNotEmptyDirectory();
    }
  }

  @Test
  void afterAnExecutorWasKilled() throws Exception {
    Path output = Files.createDirectory(directory.resolve("lost"));
    Path logs = Files.createDirectory(directory.resolve("lost-cluster"));
    try (StandaloneCluster cluster = StandaloneCluster.start(logs, 2)) {
      Launcher.Running running = new Launcher(directory).start(onCluster(output, cluster));
      running.await(output.resolve("tiny/members/round-000-member-00"));
      cluster.killAnExecutor();
      Launcher.Result result = running.result();
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    assertThat(RunFilesOf.results(output.resolve("tiny"))).isEqualTo(undisturbed);
  }

  @Test
  void afterTheDriverWasKilledTwice() throws Exception {
    Path output = Files.createDirectory(directory.resolve("killed"));
    Path run = output.resolve("tiny");
    Launcher launcher = new Launcher(directory);
    String[] command = train(output, "--master", "local[2]");
    launcher.start(command).killOnceThereIs(run.resolve("members/round-001-member-00"));
    assertThat(run.resolve("summary.json")).doesNotExist();
    launcher.start(command).killOnceThereIs(run.resolve("rounds/round-002.json"));
    assertThat(run.resolve("summary.json")).doesNotExist();
    Launcher.Result result = launcher.run(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("continues after round");
    assertThat(RunFilesOf.results(run)).isEqualTo(undisturbed);
  }

  @Test
  void besideASecondDriverWhichIsRefused() throws Exception {
    Path output = Files.createDirectory(directory.resolve("shared"));
    Path run = output.resolve("tiny");
    Launcher launcher = new Launcher(directory);
    String[] command = train(output, "--master", "local[1]");
    Launcher.Running first = launcher.start(command);
    first.await(run.resolve("run.json"));
    Launcher.Result second = launcher.run(command);
    assertThat(second.exitCode()).as(second.err()).isEqualTo(4);
    assertThat(second.err())
        .contains("another driver works on the run in " + run)
        .contains("process " + first.process().pid());
    Launcher.Result result = first.result();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RunFilesOf.results(run)).isEqualTo(undisturbed);
  }

  private static String[] onCluster(Path output, StandaloneCluster cluster) {
    return train(
        output,
        "--master",
        cluster.master(),
        "--executor-memory",
        "512m",
        "--conf",
        "spark.driver.host=127.0.0.1");
  }

  private static String[] train(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                TinyExperiment.arguments(
                    "train",
                    output,
                    "training.epochs=10",
                    "training.checkpoint-every=2",
                    "experiment.baselines=[isolated]")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}

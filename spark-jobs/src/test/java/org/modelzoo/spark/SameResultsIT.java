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
  void afterADriverAndOnTwoExecutorsOneOfThoseWasKilled() throws Exception {
    Path output = Files.createDirectory(directory.resolve("killed"));
    Path run = output.resolve("tiny");
    Launcher launcher = new Launcher(directory);
    launcher
        .start(train(output, "--master", "local[2]"))
        .killOnceThereIs(run.resolve("members/round-001-member-00"));
    assertThat(run.resolve("summary.json")).doesNotExist();

    StandaloneCluster cluster = StandaloneCluster.shared();
    Launcher.Running running = launcher.start(onCluster(output, cluster));
    running.await(run.resolve("members/round-002-member-00"));
    cluster.killAnExecutor();
    Launcher.Result result = running.result();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("continues after round", "images/s");
    assertThat(RunFilesOf.results(run)).isEqualTo(undisturbed);
    for (int worker = 0; worker < 2; worker++) {
      assertThat(cluster.work(worker)).isNotEmptyDirectory();
    }
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
                    "training.epochs=6",
                    "training.checkpoint-every=2",
                    "experiment.baselines=[isolated]")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}

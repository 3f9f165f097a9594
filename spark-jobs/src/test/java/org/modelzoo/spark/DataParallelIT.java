package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One network trained by two executors, each a process of its own. */
@Tag("full")
class DataParallelIT {
  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private static SortedMap<String, String> undisturbed;

  @BeforeAll
  static void anUndisturbedRunOnTwoExecutors() throws Exception {
    cluster = StandaloneCluster.shared();
    Path output = Files.createDirectory(directory.resolve("undisturbed"));
    Launcher.Result result = new Launcher(directory).run(onCluster(output));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("after epoch 2 of 4: test accuracy");
    undisturbed = RunFilesOf.results(output.resolve("tiny"));
    assertThat(undisturbed)
        .containsKeys("members/round-000-member-00/predictions.bin", "summary.json")
        .hasEntrySatisfying(
            "members/round-000-member-00/outcome.json",
            evaluations -> assertThat(evaluations).contains("\"epoch\":4"));
    for (int worker = 0; worker < 2; worker++) {
      assertThat(cluster.work(worker)).isNotEmptyDirectory();
    }
  }

  @Test
  void aKilledDriverContinuesAfterTheLastEpochAndKryoGivesTheSameBits() throws Exception {
    Path output = Files.createDirectory(directory.resolve("killed"));
    Path run = output.resolve("tiny");
    Launcher launcher = new Launcher(directory);
    launcher
        .start(train(output, "--master", "local[2]"))
        .killOnceThereIs(run.resolve("checkpoints/round-000-member-00.bin"));
    assertThat(run.resolve("members/round-000-member-00")).doesNotExist();

    Launcher.Result result =
        launcher.run(
            onCluster(
                output, "--conf", "spark.serializer=org.apache.spark.serializer.KryoSerializer"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("after epoch 1 of 4");
    assertThat(RunFilesOf.results(run)).isEqualTo(undisturbed);
  }

  private static String[] onCluster(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--master",
                cluster.master(),
                "--executor-memory",
                "512m",
                "--conf",
                "spark.driver.host=127.0.0.1"));
    arguments.addAll(List.of(more));
    return train(output, arguments.toArray(String[]::new));
  }

  private static String[] train(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                TinyExperiment.arguments(
                    "train",
                    output,
                    "experiment.method=multi-head",
                    "training.epochs=4",
                    "training.evaluate-every=1",
                    "training.data-parallel.workers=2",
                    "training.data-parallel.averaging-frequency=2")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}

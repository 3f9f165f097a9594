package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One network trained by two executors, each a process of its own. */
class DataParallelIT {
  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private static SortedMap<String, String> undisturbed;

  @BeforeAll
  static void anUndisturbedRunOnTwoExecutors() throws Exception {
    cluster = StandaloneCluster.start(directory, 2);
    Path output = Files.createDirectory(directory.resolve("undisturbed"));
    Launcher.Result result = new Launcher(directory).run(onCluster(output));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("after epoch 2 of 4: validation accuracy");
    undisturbed = RunFilesOf.results(output.resolve("tiny"));
    assertThat(undisturbed)
        .containsKeys(
            "members/round-000-member-00/predictions.bin",
            "evaluations/round-000-member-00.csv",
            "summary.json");
    for (int worker = 0; worker < 2; worker++) {
      assertThat(directory.resolve("work-" + worker)).isNotEmptyDirectory();
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void kryoGivesTheSameBits() throws Exception {
    Path output = Files.createDirectory(directory.resolve("kryo"));

    Launcher.Result result =
        new Launcher(directory)
            .run(
                onCluster(
                    output,
                    "--conf",
                    "spark.serializer=org.apache.spark.serializer.KryoSerializer"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RunFilesOf.results(output.resolve("tiny"))).isEqualTo(undisturbed);
  }

  @Test
  void aKilledDriverContinuesAfterTheLastEpochAndEndsWithTheSameBits() throws Exception {
    Path output = Files.createDirectory(directory.resolve("killed"));
    Path run = output.resolve("tiny");
    Launcher launcher = new Launcher(directory);
    String[] command = train(output, "--master", "local[2]");
    launcher.start(command).killOnceThereIs(run.resolve("checkpoints/round-000-member-00.bin"));
    assertThat(run.resolve("members/round-000-member-00")).doesNotExist();

    Launcher.Result result = launcher.run(command);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("after epoch 1 of 4");
    assertThat(RunFilesOf.results(run)).isEqualTo(undisturbed);
  }

  @Test
  void moreWorkersThanSlotsAreRefusedWithTheNumbers() throws Exception {
    Path output = Files.createDirectory(directory.resolve("refused"));

    Launcher.Result result =
        new Launcher(directory)
            .run(
                train(
                    output,
                    "--master",
                    "local[1]",
                    "--conf",
                    "spark.scheduler.maxRegisteredResourcesWaitingTime=1s"));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.err())
        .contains("training.data-parallel.workers is 2, and the cluster has 1 slots");
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
                    "training.data-parallel.workers=2",
                    "training.data-parallel.averaging-frequency=2")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}

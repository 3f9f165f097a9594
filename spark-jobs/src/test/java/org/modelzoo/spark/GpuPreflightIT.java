package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What executors with made-up cards tell before training, and what is refused. */
@Tag("full")
class GpuPreflightIT {
  @TempDir private static Path directory;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.startWithCards(directory, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aCardThatTheBackendHasNoCodeForIsRefusedBeforeTraining() throws Exception {
    Launcher.Result refused = train("volta", "0, GPU-1, Tesla V100, 7.0, 16384, 580.65.06");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(reports(refused))
        .singleElement()
        .asString()
        .startsWith("executor 0 on 127.0.0.1: ")
        .contains("libtorch")
        .endsWith("card 0: Tesla V100, compute capability 7.0, 16384 MB");
    assertThat(refused.err())
        .contains("executor 0: card 0: Tesla V100", "can't be used")
        .contains("compute capability 7.5", "cluster.gpus-per-member = 0")
        .doesNotContain("\tat ", "images/s");
  }

  @Test
  void aBackendWithoutCudaIsRefusedBeforeTraining() throws Exception {
    Launcher.Result refused = train("turing", "0, GPU-1, Tesla T4, 7.5, 15360, 580.65.06");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(reports(refused)).singleElement().asString().endsWith("7.5, 15360 MB");
    assertThat(refused.err()).contains("spark-jobs/target/gpu").doesNotContain("\tat ", "images/s");
  }

  private static List<String> reports(Launcher.Result result) {
    return result.err().lines().filter(line -> line.startsWith("executor 0 on")).toList();
  }

  /** Trains on executors whose nvidia-smi prints a line. */
  private static Launcher.Result train(String name, String card) throws Exception {
    Path tools = Files.createDirectory(directory.resolve(name));
    Path command = tools.resolve("nvidia-smi");
    Files.writeString(command, "#!/bin/sh\necho '" + card + "'\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return new Launcher(directory)
        .run(
            Stream.concat(
                    Stream.of(
                        TinyExperiment.arguments(
                            "train", tools.resolve("runs"), "cluster.gpus-per-member=1")),
                    Stream.of(
                        "--master",
                        cluster.master(),
                        "--executor-memory",
                        "512m",
                        "--conf",
                        "spark.driver.host=127.0.0.1",
                        "--conf",
                        "spark.executorEnv.PATH=" + tools + ":" + System.getenv("PATH")))
                .toArray(String[]::new));
  }
}

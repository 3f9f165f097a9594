package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.Prediction;
import org.modelzoo.zoo.Zoo;

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
  void predictedOnAClusterAsByTheJavaApi() throws Exception {
    Path zoo = directory.resolve("undisturbed/tiny");
    Path images = Files.createDirectory(directory.resolve("images"));
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(22, 22, BufferedImage.TYPE_INT_RGB);
      image.setRGB(3 * i, 5, 0xFFFFFF);
      ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
    }
    Files.writeString(images.resolve("3.png"), "no image");
    Path output = directory.resolve("predictions");
    Path logs = Files.createDirectory(directory.resolve("prediction-cluster"));
    try (StandaloneCluster cluster = StandaloneCluster.start(logs, 2)) {
      Launcher.Result result =
          new Launcher(directory)
              .run(
                  "predict",
                  "--zoo=" + zoo,
                  "--task=family-1-task-1",
                  "--input=" + images,
                  "--output=" + output,
                  "--format=csv",
                  "--master=" + cluster.master(),
                  "--executor-memory=512m",
                  "--conf=spark.driver.host=127.0.0.1");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).contains("3 images predicted, 1 that can't be used");
    }
    try (Zoo loaded = Zoo.load(zoo.toString());
        Stream<Path> parts = Files.list(output)) {
      List<String> rows = new ArrayList<>();
      for (Path part : parts.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
        List<String> lines = Files.readAllLines(part);
        rows.addAll(lines.subList(Math.min(1, lines.size()), lines.size()));
      }
      assertThat(rows).hasSize(4);
      for (int i = 0; i < 3; i++) {
        Prediction expected =
            loaded.predict(
                "family-1-task-1",
                new Picture.File(Files.readAllBytes(images.resolve(i + ".png"))));
        String[] row = rows.get(i).split(",", -1);
        assertThat(row[0]).endsWith("/" + i + ".png");
        assertThat(row[1]).isEqualTo(expected.className());
        assertThat(Float.parseFloat(row[2])).isCloseTo(expected.probability(), within(1e-5f));
      }
      assertThat(rows.get(3)).contains("/3.png,,,,", "no PNG or JPEG file");
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

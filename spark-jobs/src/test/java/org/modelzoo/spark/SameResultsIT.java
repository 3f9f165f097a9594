package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.spark.cli.Console;
import org.modelzoo.zoo.Picture;
import org.modelzoo.zoo.Prediction;
import org.modelzoo.zoo.Zoo;

/** However a run comes about, its results are the same to the bit. */
@Tag("full")
class SameResultsIT {
  @TempDir private Path directory;

  @Test
  void predictedOnAClusterAsByTheJavaApi() throws Exception {
    Path zoo = undisturbed("dl4j");
    Path images = Files.createDirectory(directory.resolve("images"));
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(22, 22, BufferedImage.TYPE_INT_RGB);
      image.setRGB(3 * i, 5, 0xFFFFFF);
      ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
    }
    Files.writeString(images.resolve("3.png"), "no image");
    Path output = directory.resolve("predictions");
    Launcher.Result result =
        new Launcher(directory)
            .run(
                "predict",
                "--zoo=" + zoo,
                "--task=family-1-task-1",
                "--input=" + images,
                "--output=" + output,
                "--format=csv",
                "--master=" + StandaloneCluster.shared().master(),
                "--executor-memory=512m",
                "--conf=spark.driver.host=127.0.0.1");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("3 images predicted, 1 that can't be used");
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
      assertThat(rows.get(3)).contains("/3.png,,,,", "not a PNG or JPEG file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void afterADriverAndOnTwoExecutorsOneOfThoseWasKilled(String engine) throws Exception {
    SortedMap<String, String> undisturbed = RunFilesOf.results(undisturbed(engine));
    assertThat(undisturbed).containsKeys("summary.json", "accuracy-matrix.csv");
    Path output = Files.createDirectory(directory.resolve("killed"));
    Path run = output.resolve("tiny");
    Launcher launcher = new Launcher(directory);
    launcher
        .start(train(output, engine, "--master", "local[2]", "--jars", Libtorch.jars()))
        .killOnceThereIs(run.resolve("members/round-001-member-00"));
    assertThat(run.resolve("summary.json")).doesNotExist();

    StandaloneCluster cluster = StandaloneCluster.shared();
    Launcher.Running running = launcher.start(onCluster(output, engine, cluster));
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

  /** The directory of a run that nothing disturbs. */
  private Path undisturbed(String engine) throws IOException {
    Path output = Files.createDirectory(directory.resolve("undisturbed"));
    Console result = Console.runOn("local[1]", train(output, engine));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return output.resolve("tiny");
  }

  private static String[] onCluster(Path output, String engine, StandaloneCluster cluster) {
    return train(
        output,
        engine,
        "--jars",
        Libtorch.jars(),
        "--master",
        cluster.master(),
        "--executor-memory",
        "512m",
        "--conf",
        "spark.driver.host=127.0.0.1");
  }

  private static String[] train(Path output, String engine, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                TinyExperiment.arguments(
                    "train",
                    output,
                    "network.engine=" + engine,
                    "training.epochs=6",
                    "training.checkpoint-every=2",
                    "experiment.baselines=[isolated]")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}

package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.faults.Signals;

/**
 * Takes executors away at random moments, with notice and without, for as many minutes as -Psoak
 * says, and prints how much of the training was repeated.
 */
@EnabledIfSystemProperty(
    named = "soak.minutes",
    matches = "[1-9][0-9]*",
    disabledReason = "takes long: mvn verify -Psoak -Dsoak.minutes=30")
class NodeSoakIT {
  private static final String[] SETTINGS = {
    "data.set.source.train-images-per-class=200", "training.epochs=20"
  };

  @TempDir private static Path directory;

  @Test
  void everyRunEndsWithTheSameFiles() throws Exception {
    long seed = Long.getLong("soak.seed", System.nanoTime());
    long half = Duration.ofMinutes(Long.getLong("soak.minutes")).toNanos() / 2;
    System.out.println("soak: seed " + seed);
    Random random = new Random(seed);
    try (StandaloneCluster cluster = StandaloneCluster.start(directory, 2)) {
      FaultyRun undisturbed = FaultyRun.tiny(directory, "undisturbed", cluster.master(), SETTINGS);
      long begun = System.nanoTime();
      assertThat(undisturbed.finish().exitCode()).isZero();
      System.out.printf("soak: undisturbed, a run takes %.0f s%n", seconds(begun));
      SortedMap<String, String> expected = undisturbed.results();
      soak(cluster, expected, random, half, "with notice", Signals::leave);
      soak(cluster, expected, random, half, "without", ProcessHandle::destroyForcibly);
    }
  }

  private static void soak(
      StandaloneCluster cluster,
      SortedMap<String, String> expected,
      Random random,
      long nanos,
      String how,
      Consumer<ProcessHandle> takeAway)
      throws Exception {
    long begun = System.nanoTime();
    double every = Double.parseDouble(System.getProperty("soak.every", "30"));
    int runs = 0;
    int losses = 0;
    long images = 0;
    long repeated = 0;
    for (; System.nanoTime() - begun < nanos; runs++) {
      String name = how.replace(' ', '-') + "-" + runs;
      FaultyRun run = FaultyRun.tiny(directory, name, cluster.master(), SETTINGS);
      Launcher.Result result;
      do {
        Path metrics = Files.createDirectory(directory.resolve(name + "-" + run.commands()));
        Launcher.Running command = run.start(measuring(metrics));
        while (!hasEnded(command, every * (0.5 + random.nextDouble()))) {
          List<ProcessHandle> executors = cluster.executors();
          if (!executors.isEmpty()) {
            takeAway.accept(executors.get(random.nextInt(executors.size())));
            losses++;
          }
        }
        result = command.result();
        // Spark gives an application up after four losses of one task.
        assertThat(result.exitCode()).as(result.err()).isIn(0, 4);
        repeated += repeated(metrics);
      } while (result.exitCode() != 0);
      assertThat(run.results()).as("seed of the soak above").isEqualTo(expected);
      images += trainImages(run);
      FileUtils.deleteDirectory(run.output().toFile());
    }
    System.out.printf(
        "soak: %s: %d executors taken away in %.0f s; %d runs, all files equal; %.2f %% of %,d images were trained on again%n",
        how, losses, seconds(begun), runs, 100.0 * repeated / images, images);
    assertThat(losses).isPositive();
  }

  private static boolean hasEnded(Launcher.Running command, double seconds)
      throws InterruptedException {
    return command.process().waitFor((long) (seconds * 1000), TimeUnit.MILLISECONDS);
  }

  /** Spark writes each metric of the driver into a file of its own. */
  private static String[] measuring(Path directory) {
    String sink = "spark.metrics.conf.driver.sink.csv.";
    return new String[] {
      "--conf", sink + "class=org.apache.spark.metrics.sink.CsvSink",
      "--conf", sink + "directory=" + directory,
      "--conf", sink + "period=1"
    };
  }

  private static long repeated(Path metrics) throws IOException {
    try (Stream<Path> files = Files.list(metrics)) {
      Path file =
          files
              .filter(it -> it.toString().endsWith(".images.repeated.csv"))
              .findAny()
              .orElseThrow(() -> new AssertionError("no images.repeated in " + metrics));
      List<String> lines = Files.readAllLines(file); // A head, then time and count.
      String last = lines.get(lines.size() - 1);
      return Long.parseLong(last.substring(last.indexOf(',') + 1));
    }
  }

  private static long trainImages(FaultyRun run) throws IOException {
    return new ObjectMapper()
        .readTree(run.run().resolve("summary.json").toFile())
        .path("train_images")
        .asLong();
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}

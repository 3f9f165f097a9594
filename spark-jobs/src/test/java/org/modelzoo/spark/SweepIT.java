package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on a real cluster whose driver is killed when one of its experiments is finished. */
class SweepIT {
  private static final String SWEEP =
      """
      sweep {
        name = methods
        axes = [ { name = method, key = experiment.method, values = [isolated, multi-head, zoo] } ]
        baseline { method = isolated }
        experiments-at-once = 2
      }
      """;

  @TempDir private Path directory;

  @Test
  void theSameCommandRunsWhatIsMissingAndEndsWithTheResultsOfAnUndisturbedSweep() throws Exception {
    Files.writeString(directory.resolve("sweep.conf"), SWEEP);
    Launcher launcher = new Launcher(directory);
    Path calm = directory.resolve("calm");
    Launcher.Result whole = launcher.run(sweep(calm, "local[1]"));
    assertThat(whole.exitCode()).as(whole.err()).isZero();

    Path disturbed = directory.resolve("disturbed");
    Path results = disturbed.resolve("methods");
    String[] command = sweep(disturbed, StandaloneCluster.shared().master());
    launcher.start(command).killOnceThereIs(results.resolve("multi-head/summary.json"));
    assertThat(results.resolve("zoo/summary.json")).doesNotExist();
    Map<Path, FileTime> finished = times(results.resolve("multi-head/members"));
    assertThat(finished).hasSizeGreaterThan(3);

    Launcher.Result result = launcher.run(command);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("takes over the run", "zoo zoo round 4/4 done")
        .doesNotContain("multi-head multi-head");
    assertThat(result.out()).contains("95 % interval");
    assertThat(times(results.resolve("multi-head/members"))).isEqualTo(finished);
    assertThat(results(disturbed))
        .containsKeys("isolated/summary.json", "zoo/rounds/round-003.json")
        .isEqualTo(results(calm));
  }

  /** All that doesn't tell the time. */
  private static SortedMap<String, String> results(Path output) throws IOException {
    Path sweep = output.resolve("methods");
    SortedMap<String, String> results = RunFilesOf.results(sweep);
    results.remove("results.csv");
    results.put("results.md", Files.readString(sweep.resolve("results.md")));
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

  private String[] sweep(Path output, String master) {
    List<String> words = new ArrayList<>(List.of(TinyExperiment.arguments("sweep", output)));
    words.addAll(List.of("--config", directory.resolve("sweep.conf").toString()));
    words.addAll(List.of("--master", master, "--executor-memory", "512m"));
    words.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    return words.toArray(String[]::new);
  }
}

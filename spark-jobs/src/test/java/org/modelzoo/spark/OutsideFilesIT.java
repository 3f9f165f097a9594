package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run writes its run directory and nothing beside it. */
@Tag("full")
class OutsideFilesIT {
  /** Natives that JavaCPP unpacks once, for all programs of the user. */
  private static final String NATIVES = "home/.javacpp";

  @TempDir private Path directory;

  @Test
  void nothingIsWrittenOutsideTheRunDirectory() throws Exception {
    for (String name : List.of("home", "temporary", "working", "data", "output/other")) {
      Files.createDirectories(directory.resolve(name));
    }
    Files.writeString(directory.resolve("data/theirs"), "theirs");
    Files.writeString(directory.resolve("output/other/run.json"), "theirs");
    Launcher launcher = new Launcher(directory.resolve("working"));

    Launcher.Result result =
        launcher.run(
            Stream.concat(
                    Arrays.stream(
                        TinyExperiment.arguments(
                            "train",
                            directory.resolve("output"),
                            "data.directory=" + directory.resolve("data"),
                            "training.checkpoint-every=1",
                            "experiment.baselines=[isolated]")),
                    Stream.of("--master", "local[2]", "--driver-java-options", privatePlaces()))
                .toArray(String[]::new));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(directory.resolve("output/tiny/summary.json")).isRegularFile();
    Path natives = directory.resolve(NATIVES);
    assertThat(natives).as("the private places were used").isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(natives)))
        .isEqualTo("rwx------");
    assertThat(otherFiles()).containsExactly("data/theirs", "output/other/run.json");
    assertThat(Files.readString(directory.resolve("data/theirs"))).isEqualTo("theirs");
    assertThat(Files.readString(directory.resolve("output/other/run.json"))).isEqualTo("theirs");
  }

  /** Java takes these from the system, not from HOME and TMPDIR. */
  private String privatePlaces() {
    return "-Duser.home=%s -Djava.io.tmpdir=%s"
        .formatted(directory.resolve("home"), directory.resolve("temporary"));
  }

  /** Files that are neither the run's, nor the natives, nor what the test itself redirected. */
  private List<String> otherFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .filter(name -> !name.startsWith("output/tiny/"))
          .filter(name -> !name.startsWith(NATIVES + "/"))
          .filter(name -> !name.matches("working/(out|err)[0-9]+\\.txt"))
          .sorted()
          .toList();
    }
  }
}

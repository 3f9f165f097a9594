package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program trains a zoo, adds a task to it, and exports it with fewer members. */
class ExtensionIT {
  @TempDir private Path directory;

  @Test
  void aZooIsTrainedExtendedAndExported() throws Exception {
    Launcher launcher = new Launcher(directory);
    Path before = directory.resolve("before");
    run(launcher, train(before, "data.task-limit=3"));

    Path after = directory.resolve("after");
    Launcher.Result added = run(launcher, train(after), "--zoo", before.resolve("tiny").toString());
    assertThat(added.err()).contains("begins with the 3 rounds", "zoo round 4/4 done");
    assertThat(added.out()).contains("family-2-task-2");

    Path archive = directory.resolve("zoo.zip");
    String[] export = {"export", "--zoo", after.resolve("tiny").toString(), "--output", "zoo.zip"};
    Launcher.Result exported = run(launcher, export, "--compact", "--most-milliseconds", "1e6");
    assertThat(exported.out()).contains("ms/image", "of 8 members");
    assertThat(Files.size(archive)).isGreaterThan(100_000);
  }

  private static Launcher.Result run(Launcher launcher, String[] arguments, String... more)
      throws Exception {
    Launcher.Result result =
        launcher.run(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private static String[] train(Path output, String... settings) {
    return TinyExperiment.arguments("train", output, settings);
  }
}

package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zoo with several rounds in flight, trained by the packaged program, and its driver killed. */
class LookaheadIT {
  @TempDir private Path directory;

  @Test
  void afterTheDriverWasKilledWithRoundsInFlightTheFilesAreThoseOfOneSlotUndisturbed()
      throws Exception {
    Launcher launcher = new Launcher(directory);
    Path calm = Files.createDirectory(directory.resolve("calm"));
    Launcher.Result whole = launcher.run(train(calm, "local[1]"));
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.err()).contains("zoo round 3/4 beside 1, 2");

    Path disturbed = Files.createDirectory(directory.resolve("disturbed"));
    Path run = disturbed.resolve("tiny");
    launcher
        .start(train(disturbed, "local[3]"))
        .killOnceThereIs(run.resolve("members/round-001-member-00"));
    assertThat(run.resolve("rounds/round-003.json")).doesNotExist();
    Launcher.Result result = launcher.run(train(disturbed, "local[3]"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RunFilesOf.results(run))
        .hasSizeGreaterThan(10)
        .isEqualTo(RunFilesOf.results(calm.resolve("tiny")));
  }

  private static String[] train(Path output, String master) {
    String[] arguments =
        TinyExperiment.arguments(
            "train",
            output,
            "training.epochs=8",
            "training.checkpoint-every=2",
            "zoo.members-per-round=1",
            "zoo.lookahead=2");
    return Stream.concat(Stream.of(arguments), Stream.of("--master", master))
        .toArray(String[]::new);
  }
}

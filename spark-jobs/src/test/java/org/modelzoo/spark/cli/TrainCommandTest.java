package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.faults.FaultyDisk.Operation;
import org.modelzoo.store.Checksum;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

@ExtendWith(LocalMaster.class)
class TrainCommandTest {
  private static final String[] IN_FLIGHT = {
    "training.epochs=4", "training.checkpoint-every=2", "zoo.members-per-round=1", "zoo.lookahead=2"
  };

  @TempDir private static Path trained;
  private static SortedMap<String, String> expected;

  @TempDir private Path output;

  @BeforeAll
  static void trainOnce() throws IOException {
    Console console = Console.run(TinyExperiment.arguments("train", trained));
    assertThat(console.exitCode()).as(console.err()).isZero();
    expected = RunFilesOf.results(trained.resolve("tiny"));
  }

  /** A copy of a run that is finished, as if it had been trained here. */
  private Path finished() throws IOException {
    Path run = output.resolve("tiny");
    FileUtils.copyDirectory(trained.resolve("tiny").toFile(), run.toFile());
    return run;
  }

  @Test
  void trainsToTheEndAndShowsTheComparison() throws IOException {
    Console console = train("experiment.baselines=[isolated,multi-head]");
    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("family-1-task-1", "average", "isolated", "multi-head", "gain")
        .contains("run directory      " + output.resolve("tiny"));
    assertThat(console.err()).contains("zoo round 4/4 done").contains("images/s");
    assertThat(output.resolve("tiny"))
        .isDirectoryContaining(path -> path.endsWith("summary.json"))
        .isDirectoryContaining(path -> path.endsWith("metrics.csv"))
        .isDirectoryContaining(path -> path.endsWith("accuracy-matrix.csv"))
        .isDirectoryContaining(path -> path.endsWith("run.json"))
        .isDirectoryContaining(path -> path.endsWith("config.conf"));
    assertThat(output.resolve("tiny/baselines/isolated/events/000001-000001.jsonl"))
        .content()
        .containsOnlyOnce("\"event\":\"round-committed\"");
    assertThat(Console.run(new String[] {"top"}, output.resolve("tiny").toString()).out())
        .isEqualTo(output.resolve("tiny") + "\nfinished\n");
    assertThat(Files.readString(output.resolve("tiny/summary.json")))
        .contains("\"method\" : \"zoo\"", "\"members\" : 8", "\"rounds\" : 4", "\"isolated\"");
  }

  @Tag("full")
  @Test
  void givesTheSameOnOneSlotAndOnTwo() throws IOException {
    System.setProperty("spark.master", "local[1]");
    assertThat(train().exitCode()).isZero();
    assertThat(RunFilesOf.results(output.resolve("tiny")))
        .hasSizeGreaterThan(10)
        .isEqualTo(expected);
  }

  @Test
  void showsAsMuchAsIsAskedFor() {
    Console quiet = Console.run(TinyExperiment.arguments("train", output), "--quiet");
    assertThat(quiet).isEqualTo(new Console(0, "", ""));
    Console live =
        Console.run(
            TinyExperiment.arguments("train", output, "experiment.name=live"), "--progress=live");
    assertThat(live.err())
        .contains("zoo round 4/4 done", "\u001b[Kmember ", "\u001b[Kzoo round-00")
        .endsWith("\u001b[J");
    assertThat(live.out()).contains("average", "run directory").doesNotContain("\u001b");
  }

  @Test
  void aFinishedRunIsSaidToBeFinished() throws IOException {
    finished();
    Console again = train();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("This run is finished").contains("average");
    assertThat(again.err()).doesNotContain("round");
  }

  @Test
  void freshStartsBesideAndLeavesTheOldRun() throws IOException {
    finished();
    Console fresh =
        Console.run(TinyExperiment.arguments("train", output, "experiment.seed=2"), "--fresh");
    assertThat(fresh.exitCode()).isZero();
    assertThat(fresh.out()).contains(output.resolve("tiny-2").toString());
    assertThat(output.resolve("tiny/summary.json")).exists();
  }

  @Test
  void tasksAreAddedToAZooAsIfTheyHadBeenThere() throws IOException {
    Path before = output.resolve("before");
    assertThat(train("data.task-limit=3", "output.directory=" + before).exitCode()).isZero();
    Path after = output.resolve("after");
    Console added =
        Console.run(
            TinyExperiment.arguments("train", output, "output.directory=" + after),
            "--zoo",
            before.resolve("tiny").toString());
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.err())
        .contains("begins with the 3 rounds of the zoo in " + before.resolve("tiny"))
        .contains("continues after round 3 of 4")
        .doesNotContain("round 3/4 done");
    assertThat(added.out()).contains("family-2-task-2");
    assertThat(RunFilesOf.results(after.resolve("tiny"))).isEqualTo(expected);

    String[] export = {
      "export", "--zoo", after.resolve("tiny").toString(), "--output", output + "/zoo.zip"
    };
    Console exported = Console.run(export, "--compact");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("of 8 members");
    assertThat(Files.size(output.resolve("zoo.zip"))).isGreaterThan(100_000);
  }

  @Tag("full")
  @Test
  void aZooIsExportedWithTheMembersThatATimeAllows() throws IOException {
    String[] export = {"export", "--zoo", finished().toString(), "--output", output + "/zoo.zip"};
    Console exported = Console.run(export, "--compact", "--most-milliseconds", "1e6");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("ms/image", "of 8 members");
  }

  @Tag("full")
  @Test
  void killedWithRoundsInFlightItEndsAsOneSlotUndisturbed() throws IOException {
    String[] calm = TinyExperiment.arguments("train", output, IN_FLIGHT);
    System.setProperty("spark.master", "local[1]");
    Console whole = Console.run(calm);
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.err()).contains("zoo round 3/4 beside 1, 2");

    FaultyDisk disk = new FaultyDisk(output.resolve("disk"));
    disk.endAt(Operation.RENAME, "/rounds/round-001\\.json");
    Path disturbed = output.resolve("disturbed");
    String[] killed =
        TinyExperiment.arguments("train", Path.of(FaultyDisk.uri(disturbed)), IN_FLIGHT);
    System.setProperty("spark.master", "local[3]");
    assertThat(disk.here(() -> Console.run(killed)).exitCode()).isEqualTo(4);
    Path run = disturbed.resolve("tiny");
    assertThat(run.resolve("rounds/round-000.json")).exists();
    assertThat(run.resolve("rounds/round-001.json")).doesNotExist();
    FaultyDisk.forgetDrivers(run);

    Console again = Console.run(TinyExperiment.arguments("train", disturbed, IN_FLIGHT));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("continues after round 1 of 4");
    assertThat(RunFilesOf.results(run))
        .hasSizeGreaterThan(10)
        .isEqualTo(RunFilesOf.results(output.resolve("tiny")));
  }

  @Test
  void anotherConfigurationIsRefusedWithTheKeysThatDiffer() throws IOException {
    finished();
    Console other = train("training.epochs=3", "experiment.seed=5", "training.evaluate-every=1");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("training.epochs: 2 → 3", "experiment.seed: 1 → 5", "--fresh")
        .doesNotContain("evaluate-every", "\tat ");
  }

  @Test
  void aRunWithoutItsLastRoundsContinuesToTheSameEnd() throws IOException {
    Path run = finished();
    Files.delete(run.resolve("summary.json"));
    Files.delete(run.resolve("rounds/round-002.json"));
    Files.delete(run.resolve("rounds/round-003.json"));
    FileUtils.deleteDirectory(run.resolve("members/round-003-member-01").toFile());
    Console again = train();
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).contains("continues after round 2 of 4");
    assertThat(RunFilesOf.results(run)).isEqualTo(expected);
  }

  @Test
  void aFlippedBitInAFinishedRunIsFoundAndMended() throws IOException {
    Path run = finished();
    for (String file :
        new String[] {
          "summary.json",
          "rounds/round-001.json",
          "members/round-002-member-01/model.zip",
          "members/round-003-member-00/outcome.json"
        }) {
      flipABit(run.resolve(file));
      Console again = train();
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.err()).contains(file + " is damaged");
      assertThat(RunFilesOf.results(run)).as(file).isEqualTo(expected);
    }
    assertThat(train().out()).contains("This run is finished");
  }

  @Test
  void aDamagedConfigurationIsWrittenAnewWhereItIsTheSame() throws IOException {
    finished();
    Path configuration = output.resolve("tiny/config.conf");
    String whole = Files.readString(configuration).replace(trained + "", output + "");
    Files.delete(output.resolve("tiny/summary.json"));
    Files.writeString(configuration, whole.substring(0, whole.indexOf("epochs")));
    Console other = train("training.epochs=3");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("config.conf is damaged", "give it the same configuration");
    Console same = train();
    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(same.err()).contains("config.conf was damaged and has been rewritten");
    assertThat(configuration).hasContent(whole);
  }

  @Tag("full")
  @Test
  void freshLeavesARunWhoseIdentityIsDamaged() throws IOException {
    finished();
    flipABit(output.resolve("tiny/run.json"));
    Console fresh = Console.run(TinyExperiment.arguments("train", output), "--fresh");
    assertThat(fresh.exitCode()).as(fresh.err()).isZero();
    assertThat(output.resolve("tiny-2/summary.json")).exists();
  }

  private static void flipABit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    finished();
    Path identity = output.resolve("tiny/run.json");
    String newer =
        Files.readString(identity)
            .replaceFirst("\"format_version\" : [0-9]+", "\"format_version\" : 99")
            .replaceAll("[0-9a-f]{64}\"\n}", "0".repeat(64) + "\"\n}");
    // A newer program's checksum is right: that of the file with zeros in its place.
    Files.writeString(
        identity, newer.replace("0".repeat(64) + "\"\n}", Checksum.of(newer) + "\"\n}"));
    Console again = train();
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("run.json has format version 99").doesNotContain("\tat ");
  }

  @Test
  void divergenceEndsWithOneMessageAndKeepsTheRest() {
    Console diverged = train("training.learning-rate=1e30", "training.schedule=constant");
    assertThat(diverged.exitCode()).isEqualTo(5);
    assertThat(diverged.err())
        .contains("diverged in epoch 1", "lower training.learning-rate")
        .doesNotContain("\tat ");
  }

  @Test
  void aRunThatAnotherDriverWorksOnIsRefusedAndLeftAlone() throws IOException {
    RunDirectory run = RunDirectory.at(output.resolve("tiny").toString(), new Configuration());
    try (RunLease first = RunLease.take(run, remark -> {})) {
      Console second = train("experiment.baselines=[isolated]");
      assertThat(second.exitCode()).isEqualTo(4);
      assertThat(second.err())
          .contains("another driver works on the run in " + output.resolve("tiny"), "--fresh")
          .doesNotContain("\tat ");
      assertThat(output.resolve("tiny/run.json")).doesNotExist();
      first.requireHeld();
    }
    assertThat(train().exitCode()).isZero();
  }

  @Test
  void aRunIsFreeForTheNextDriverAlsoAfterAFailure() throws IOException {
    assertThat(train("training.learning-rate=1e30", "training.schedule=constant").exitCode())
        .isEqualTo(5);
    assertThat(output.resolve("tiny/lease/000001-000002.json"))
        .as("its sign of life with the application, and its last one")
        .content()
        .contains("\"released\" : true", "\"application\" : \"local-");
  }

  @Test
  void cardsAreRefusedInLocalModeInsteadOfWaiting() {
    Console console = train("cluster.gpus-per-member=1");
    assertThat(console.exitCode()).isEqualTo(4);
    assertThat(console.err()).contains("cluster.gpus-per-member", "local[2]");
  }

  @Test
  void isolatedTrainingNeedsNothingHeldOut() {
    Console console = train("experiment.method=isolated", "data.validation-share=0");
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out()).contains("average accuracy");
  }

  @Tag("full")
  @Test
  void aFreshRunContinuesUnderItsOwnName() throws IOException {
    finished();
    String[] seed = TinyExperiment.arguments("train", output, "experiment.seed=2");
    assertThat(Console.run(seed, "--fresh").exitCode()).isZero();
    Files.delete(output.resolve("tiny-2/summary.json"));
    Console again = train("experiment.seed=2", "experiment.name=tiny-2");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("continues after round 4 of 4");
  }

  @Test
  void anUnwritableOutputIsAClusterError() throws IOException {
    Path file = Files.writeString(output.resolve("file"), "not a directory");
    Console console = train("output.directory=" + file.resolve("below"));
    assertThat(console.exitCode()).isEqualTo(4);
    assertThat(console.err()).contains("output.directory").doesNotContain("\tat ");
  }

  @Test
  void tooFewLocalCoresAreRefusedInsteadOfWaiting() {
    System.setProperty("spark.master", "local[1]");
    Console console = train("cluster.threads-per-member=2");
    assertThat(console.exitCode()).isEqualTo(4);
    assertThat(console.err()).contains("cluster.threads-per-member", "local[2]");
  }

  private Console train(String... settings) {
    return Console.run(TinyExperiment.arguments("train", output, settings));
  }
}

package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.faults.FaultyDisk.Operation;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
import org.modelzoo.training.MemberOutcome;

/** The boosting loop with several rounds on the farm at once. */
class LookaheadTest {
  private static final CheckedData CHECKED = new CheckedData("data", List.of());

  private static final int TASKS = 6;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "continual, 1, 1, false",
    "continual, 2, 2, false",
    "continual, 100, 1, false",
    "multi-task, 1, 2, true",
    "multi-task, 3, 1, false"
  })
  void resultsAreTheSameWhateverEndsFirst(String mode, int lookahead, int members, boolean warm)
      throws IOException {
    List<Map<String, String>> results = new ArrayList<>();
    for (int timing = 0; timing < 4; timing++) {
      LoadedConfig config = config(mode, lookahead, members, warm, "timing-" + timing);
      InventingFarm farm = new InventingFarm(1 + timing % 4, timing);
      train(config, farm);
      results.add(RunFilesOf.results(path(config)));
      assertThat(farm.roundsInFlight()).allMatch(rounds -> rounds.size() <= lookahead + 1);
      assertThat(farm.roundsInFlight())
          .as("the first rounds start together")
          .anyMatch(rounds -> rounds.size() == Math.min(lookahead + 1, TASKS));
    }
    assertThat(results.get(0)).hasSizeGreaterThan(TASKS);
    assertThat(results).allMatch(results.get(0)::equals);
  }

  @Test
  void aRoundFileSaysWhichLossesChoseItsTasks() {
    LoadedConfig config = config("continual", 2, 1, false, "recorded");
    train(config, new InventingFarm(2, 1));
    assertThat(round(config, 0).lookahead()).isEqualTo(new Round.Lookahead(2, null));
    assertThat(round(config, 2).lookahead()).isEqualTo(new Round.Lookahead(2, null));
    assertThat(round(config, 3).lookahead()).isEqualTo(new Round.Lookahead(2, 0));
    assertThat(round(config, 5).lookahead()).isEqualTo(new Round.Lookahead(2, 2));
    // After round 2, three tasks have a loss; the others count as one of average loss.
    assertThat(round(config, 5).weights().subList(0, 3)).doesNotContain(1.0);
    assertThat(round(config, 5).weights().subList(3, 6)).containsOnly(1.0);
  }

  @Test
  void withoutLookaheadOneRoundIsInFlightAndItsFileIsAsEver() throws IOException {
    LoadedConfig config = config("continual", 0, 2, false, "published");
    InventingFarm farm = new InventingFarm(2, 1);
    train(config, farm);
    assertThat(farm.roundsInFlight()).hasSize(2 * TASKS).allMatch(rounds -> rounds.size() == 1);
    assertThat(Files.readString(path(config).resolve("rounds/round-003.json")))
        .contains("\"scores\"")
        .doesNotContain("lookahead");
  }

  @Test
  void noRoundIsCommittedPastAFailedOneAndNothingTrainedIsLost() throws IOException {
    LoadedConfig whole = config("continual", 2, 1, false, "whole");
    train(whole, new InventingFarm(3, 7));
    LoadedConfig config = config("continual", 2, 1, false, "failed");
    InventingFarm farm =
        new InventingFarm(3, 7)
            .with(
                "round-002-member-00",
                new MemberOutcome.Failed(ErrorKind.CLUSTER, "the disk is full", ""));

    assertThatThrownBy(() -> train(config, farm))
        .isInstanceOf(ModelZooException.class)
        .hasMessage("round-002-member-00: the disk is full");

    assertThat(committed(config)).containsExactly(0, 1);
    assertThat(path(config).resolve("members/round-003-member-00")).isDirectory();
    assertThat(path(config).resolve("members/round-004-member-00")).isDirectory();
    InventingFarm again = new InventingFarm(1, 8);
    train(config, again);
    assertThat(again.roundsInFlight().get(0)).containsExactly(2);
    assertThat(again.roundsInFlight()).as("rounds 3 and 4 are not trained again").hasSize(2);
    assertThat(RunFilesOf.results(path(config))).isEqualTo(RunFilesOf.results(path(whole)));
  }

  @Test
  void killedBeforeAnyOfItsFilesWithRoundsInFlightARunEndsAsIfNothingHadHappened()
      throws IOException {
    LoadedConfig whole = config("continual", 2, 1, false, "whole");
    train(whole, new InventingFarm(1, 7));
    SortedMap<String, String> expected = RunFilesOf.results(path(whole));
    List<String> files = filesOfTwoRoundsAndTheRun(path(whole));
    assertThat(files).hasSizeGreaterThan(12);
    for (int i = 0; i < files.size(); i++) {
      LoadedConfig config = config("continual", 2, 1, false, "killed-" + i);
      FaultyDisk disk = new FaultyDisk(directory.resolve("disk-" + i));
      LoadedConfig faulty =
          config.with(
              List.of("output.directory=\"" + FaultyDisk.uri(path(config).getParent()) + "\""));
      FaultyDisk.Order killed = disk.endAt(Operation.RENAME, "/" + Pattern.quote(files.get(i)));
      Configuration hadoop = disk.configuration();
      assertThatThrownBy(() -> train(faulty, hadoop, new InventingFarm(3, 7).over(hadoop)))
          .isInstanceOf(Exception.class);
      assertThat(killed.hasStruck()).as(files.get(i)).isTrue();
      FaultyDisk.forgetDrivers(path(config));
      train(config, new InventingFarm(3, 8));
      assertThat(RunFilesOf.results(path(config))).as(files.get(i)).isEqualTo(expected);
    }
  }

  /** All that a run publishes in rounds 1 and 2 and beside its rounds, but signs of life. */
  private static List<String> filesOfTwoRoundsAndTheRun(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> run.relativize(file).toString())
          .filter(name -> !name.startsWith("lease/") && !name.matches(".*round-00[0345].*"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aDivergedMemberIsLeftOutAndTheRoundsBehindItGoOn() {
    LoadedConfig config = config("continual", 1, 2, false, "diverged");
    InventingFarm farm =
        new InventingFarm(2, 3)
            .with("round-001-member-01", new MemberOutcome.Diverged(1, 7, Double.NaN, 0.5));
    train(config, farm);
    assertThat(round(config, 1).members())
        .extracting(Round.Member::diverged)
        .containsExactly(false, true);
    assertThat(committed(config)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aRunIsContinuedOnlyWithItsOwnLookahead() {
    LoadedConfig one = config("continual", 1, 1, false, "same");
    train(one, new InventingFarm(2, 1));
    LoadedConfig other = config("continual", 2, 1, false, "same");
    assertThatThrownBy(() -> new TrainJob(other, run(other), CHECKED))
        .hasMessageContaining("zoo.lookahead: 1 → 2");
  }

  private void train(LoadedConfig config, InventingFarm farm) {
    train(config, HADOOP, farm);
  }

  private void train(LoadedConfig config, Configuration hadoop, InventingFarm farm) {
    RunDirectory run = RunDirectories.of(config.values(), hadoop);
    TrainJob job = new TrainJob(config, run, CHECKED);
    try (farm;
        RunLease lease = RunLease.take(run, remark -> {})) {
      job.run(lease, farm, event -> {});
    }
  }

  private List<Integer> committed(LoadedConfig config) {
    RoundStore rounds = new RoundStore(run(config));
    return Stream.iterate(0, round -> round < TASKS, round -> round + 1)
        .filter(rounds::isCommitted)
        .toList();
  }

  private Round round(LoadedConfig config, int round) {
    return new RoundStore(run(config)).committed(round).orElseThrow();
  }

  private Path path(LoadedConfig config) {
    return Path.of(config.values().output().directory(), "run");
  }

  private RunDirectory run(LoadedConfig config) {
    return RunDirectories.of(config.values(), HADOOP);
  }

  private LoadedConfig config(
      String mode, int lookahead, int members, boolean warmStart, String name) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "experiment.name=run",
            "data.set.name=invented",
            "data.set.source.format=synthetic",
            "data.set.source.families=1",
            "data.set.source.tasks-per-family=" + TASKS,
            "data.set.source.classes-per-task=2",
            "zoo.mode=" + mode,
            "zoo.rounds=" + TASKS,
            "zoo.tasks-per-round=3",
            "zoo.members-per-round=" + members,
            "zoo.warm-start=" + warmStart,
            "zoo.lookahead=" + lookahead,
            "output.directory=\"" + directory.resolve(name) + "\""));
  }
}

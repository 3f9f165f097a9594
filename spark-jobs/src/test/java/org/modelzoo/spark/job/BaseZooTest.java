package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
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
import org.modelzoo.data.DataCheck;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.store.Checksum;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;
import org.modelzoo.store.RunLease;
import org.modelzoo.training.MemberOutcome;

/** A continual zoo to which a second command adds tasks. */
class BaseZooTest {
  private static final int BASE_TASKS = 4;
  private static final int ALL_TASKS = 6;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "zoo.members-per-round=1, zoo.lookahead=0",
    "zoo.members-per-round=2, zoo.lookahead=2",
    "zoo.replay-fraction=0.5, zoo.signal=training",
    "zoo.sampling=uniform, zoo.tasks-per-round=1"
  })
  void theFilesOfTwoCommandsAreThoseOfOne(String first, String second) throws IOException {
    train(config("whole", ALL_TASKS, first, second), new InventingFarm(2, 1));
    train(config("base", BASE_TASKS, first, second), new InventingFarm(2, 2));
    SortedMap<String, String> base = files("base");

    InventingFarm farm = new InventingFarm(2, 3);
    extend(config("extended", ALL_TASKS, first, second), farm);

    assertThat(RunFilesOf.results(path("extended")))
        .hasSizeGreaterThan(2 * ALL_TASKS)
        .isEqualTo(RunFilesOf.results(path("whole")));
    assertThat(farm.roundsInFlight())
        .allSatisfy(rounds -> assertThat(rounds).allMatch(round -> round >= BASE_TASKS));
    assertThat(files("base")).as("the zoo is only read").isEqualTo(base);
    assertThat(Files.readString(path("extended").resolve("base.json")))
        .contains("\"zoo\" : \"" + path("base"), "\"rounds\" : 4");
  }

  @Test
  void furtherGeneratedTasksAreAddedToo() throws IOException {
    train(config("whole", 0), new InventingFarm(1, 1));
    train(config("base", 0, "data.set.source.tasks-per-family=4"), new InventingFarm(1, 1));
    extend(config("extended", 0), new InventingFarm(1, 1));
    assertThat(RunFilesOf.results(path("extended"))).isEqualTo(RunFilesOf.results(path("whole")));
  }

  @Test
  void whereEveryMemberHadAllTasksSoFarThereMayBeMoreInAMember() throws IOException {
    train(config("whole", ALL_TASKS, "zoo.tasks-per-round=5"), new InventingFarm(1, 1));
    train(config("base", BASE_TASKS, "zoo.tasks-per-round=4"), new InventingFarm(1, 1));
    extend(config("extended", ALL_TASKS, "zoo.tasks-per-round=5"), new InventingFarm(1, 1));
    assertThat(RunFilesOf.results(path("extended"))).isEqualTo(RunFilesOf.results(path("whole")));
  }

  @Test
  void aMemberThatDivergedStaysOut() throws IOException {
    String members = "zoo.members-per-round=2";
    MemberOutcome diverged = new MemberOutcome.Diverged(1, 7, Double.NaN, 0.5);
    String id = "round-001-member-01";
    train(config("whole", ALL_TASKS, members), new InventingFarm(2, 1).with(id, diverged));
    train(config("base", BASE_TASKS, members), new InventingFarm(2, 1).with(id, diverged));
    extend(config("extended", ALL_TASKS, members), new InventingFarm(2, 1));
    assertThat(RunFilesOf.results(path("extended"))).isEqualTo(RunFilesOf.results(path("whole")));
  }

  @Test
  void whatWasStoppedIsContinuedByTheSameCommand() throws IOException {
    train(config("whole", ALL_TASKS), new InventingFarm(1, 1));
    train(config("base", BASE_TASKS), new InventingFarm(1, 1));
    LoadedConfig config = config("extended", ALL_TASKS);
    MemberOutcome failed = new MemberOutcome.Failed(ErrorKind.CLUSTER, "the disk is full", "");
    assertThatThrownBy(
            () -> extend(config, new InventingFarm(1, 1).with("round-005-member-00", failed)))
        .hasMessage("round-005-member-00: the disk is full");
    // As if it had been killed while it copied.
    Path run = path("extended");
    Files.delete(run.resolve("rounds/round-002.json"));
    Files.delete(run.resolve("rounds/round-003.json"));
    FileUtils.deleteDirectory(run.resolve("members/round-003-member-00").toFile());

    InventingFarm farm = new InventingFarm(1, 1);
    extend(config, farm);

    assertThat(farm.roundsInFlight()).as("only the last round is trained").hasSize(1);
    assertThat(RunFilesOf.results(run)).isEqualTo(RunFilesOf.results(path("whole")));
  }

  @Test
  void aZooThatWasTrainedOtherwiseIsRefusedWithTheDifferences() {
    train(config("base", BASE_TASKS), new InventingFarm(1, 1));
    refused(
        config("extended", ALL_TASKS, "training.epochs=7", "network.dropout=0.4"),
        ErrorKind.CONFIGURATION,
        "training.epochs: 5 → 7",
        "network.dropout: 0.2 → 0.4");
    refused(
        config("extended", 3, "data.set.source.classes-per-task=3"),
        ErrorKind.CONFIGURATION,
        "task 0: family-1-task-1 [0, 1] → family-1-task-1 [0, 1, 2]",
        "data.set.source.classes-per-task: 2 → 3");
    refused(
        config("extended", ALL_TASKS, "zoo.tasks-per-round=5"),
        ErrorKind.CONFIGURATION,
        "zoo.tasks-per-round: 3 → 5");
    refused(config("extended", BASE_TASKS), ErrorKind.CONFIGURATION, "has 4 tasks", "none to add");
    refused(
        config("extended", ALL_TASKS, "zoo.mode=multi-task"),
        ErrorKind.CONFIGURATION,
        "zoo.mode = continual");
    assertThat(path("extended")).doesNotExist();
  }

  @Test
  void aZooThatStartedWithOtherBiasesIsRefused() {
    train(config("base", BASE_TASKS), new InventingFarm(1, 1));
    RunIdentity today = run("base").identity().orElseThrow();
    run("base")
        .create(
            new RunIdentity(
                2,
                today.softwareVersion(),
                today.method(),
                today.seed(),
                today.configurationFingerprint(),
                today.dataFingerprint(),
                today.started(),
                today.classNames()),
            run("base").configuration());
    refused(config("extended", ALL_TASKS), ErrorKind.DATA, "random biases", "train the zoo again");
  }

  @Test
  void otherDataIsRefused() {
    train(config("base", BASE_TASKS), new InventingFarm(1, 1));
    LoadedConfig config = config("extended", ALL_TASKS);
    assertThatThrownBy(
            () -> BaseZoo.open(run("base"), config, new CheckedData("0123", List.of()), HADOOP))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("trained on other data")
        .hasMessageContaining("0123");
  }

  @Test
  void aZooThatIsNotWholeIsRefused() throws IOException {
    train(config("base", BASE_TASKS), new InventingFarm(1, 1));
    for (String file :
        List.of(
            "members/round-001-member-00/model.zip",
            "members/round-001-member-00/predictions.bin",
            "members/round-003-member-00/outcome.json",
            "rounds/round-002.json",
            "summary.json")) {
      Path path = path("base").resolve(file);
      byte[] whole = Files.readAllBytes(path);
      byte[] damaged = whole.clone();
      damaged[damaged.length / 2] ^= 1;
      Files.write(path, damaged);
      refused(config("extended", ALL_TASKS), ErrorKind.DATA, "not whole", file + " is damaged");
      Files.write(path, whole);
    }
  }

  @Test
  void whatIsNoFinishedZooIsRefused() throws IOException {
    refused(config("extended", ALL_TASKS), ErrorKind.DATA, "holds no zoo");
    train(config("base", BASE_TASKS), new InventingFarm(1, 1));
    Files.delete(path("base").resolve("summary.json"));
    refused(config("extended", ALL_TASKS), ErrorKind.DATA, "not finished", "no summary.json");
    FileUtils.deleteDirectory(path("base").toFile());
    train(config("base", BASE_TASKS, "experiment.method=isolated"), new InventingFarm(1, 1));
    refused(config("extended", ALL_TASKS), ErrorKind.DATA, "holds isolated training and no zoo");
  }

  private void refused(LoadedConfig config, ErrorKind kind, String... words) {
    assertThatThrownBy(() -> BaseZoo.open(run("base"), config, data(config), HADOOP))
        .isInstanceOfSatisfying(ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .message()
        .contains(words);
  }

  private void train(LoadedConfig config, InventingFarm farm) {
    train(new TrainJob(config, run(config), data(config)), run(config), farm);
  }

  private void extend(LoadedConfig config, InventingFarm farm) {
    TrainJob job = new TrainJob(config, run(config), data(config));
    job.extend(run("base"), HADOOP);
    train(job, run(config), farm);
  }

  private static void train(TrainJob job, RunDirectory run, InventingFarm farm) {
    try (farm;
        RunLease lease = RunLease.take(run, remark -> {})) {
      job.run(lease, farm, event -> {});
    }
  }

  private static CheckedData data(LoadedConfig config) {
    return DataCheck.check(config.values().data(), HADOOP);
  }

  private Path path(String name) {
    return directory.resolve(name).resolve("run");
  }

  private RunDirectory run(String name) {
    return RunDirectory.at(path(name).toString(), HADOOP);
  }

  private static RunDirectory run(LoadedConfig config) {
    return RunDirectories.of(config.values(), HADOOP);
  }

  private SortedMap<String, String> files(String run) throws IOException {
    SortedMap<String, String> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path(run))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        checksums.put(file.toString(), Checksum.of(Files.readAllBytes(file)));
      }
    }
    return checksums;
  }

  /** The first so many tasks of six, or all that the settings make. */
  private LoadedConfig config(String name, int tasks, String... settings) {
    List<String> all =
        List.of(
            "experiment.name=run",
            "data.task-limit=" + tasks,
            "data.set.name=invented",
            "data.set.source.format=synthetic",
            "data.set.source.families=1",
            "data.set.source.tasks-per-family=" + ALL_TASKS,
            "data.set.source.classes-per-task=2",
            "zoo.mode=continual",
            "zoo.tasks-per-round=3",
            "zoo.members-per-round=1",
            "output.directory=\"" + directory.resolve(name) + "\"");
    return ConfigLoader.load(List.of(), Stream.concat(all.stream(), Stream.of(settings)).toList());
  }
}

package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.boosting.compaction.Budget;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.DataCheck;
import org.modelzoo.report.RunSummary;
import org.modelzoo.store.Checksum;
import org.modelzoo.store.CompactionFile;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
import org.modelzoo.zoo.CompactedZoo;
import org.modelzoo.zoo.SavedZoo;
import org.modelzoo.zoo.ZooExport;
import org.modelzoo.zoo.ZooManifest;

/** A run's zoo with fewer members, and its archive. */
class CompactedZooTest {
  private static final int TASKS = 4;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path directory;

  @Test
  void theArchiveIsTheZooAndTheSameBytesEveryTime() throws IOException {
    SavedZoo zoo = SavedZoo.at(train().uri(), HADOOP);
    Path one = directory.resolve("one.zip");
    Path two = directory.resolve("below/two.zip");
    ZooExport.write(zoo, zoo.manifest(), one.toUri().toString(), HADOOP);
    ZooExport.write(zoo, zoo.manifest(), two.toUri().toString(), HADOOP);

    assertThat(one).hasSameBinaryContentAs(two);
    SavedZoo archive = SavedZoo.at(one.toString(), HADOOP);
    assertThat(archive.manifest()).isEqualTo(zoo.manifest());
    assertThat(models(archive)).hasSize(2 * TASKS).isEqualTo(models(zoo));
    assertThat(directory).as("no temporary file").isDirectoryNotContaining("glob:**.tmp*");
  }

  private static List<String> models(SavedZoo zoo) {
    List<String> models = new ArrayList<>();
    zoo.models(
        zoo.manifest(),
        (member, shown, model) -> models.add(member.id() + " " + Checksum.of(model)));
    return models;
  }

  @Test
  void aDamagedModelIsNotExported() throws IOException {
    RunDirectory run = train();
    Path model = Path.of(run.location(), "members/round-002-member-01/model.zip");
    Files.write(model, new byte[] {2});
    SavedZoo zoo = SavedZoo.at(run.uri(), HADOOP);
    Path archive = directory.resolve("zoo.zip");
    assertThatThrownBy(
            () -> ZooExport.write(zoo, zoo.manifest(), archive.toUri().toString(), HADOOP))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("round-002-member-01/model.zip is damaged");
    assertThat(archive).doesNotExist();
  }

  @Test
  void theWholeZooIsAsAccurateAsTheRunSays() {
    RunDirectory run = train("zoo.replay-fraction=0.5");
    CompactionFile.Size whole = sizes(compact(run, Split.VALIDATION)).sizes().get(0);
    assertThat(whole.members()).isEqualTo(2 * TASKS);
    assertThat(whole.test().averagedAccuracy())
        .isCloseTo(
            run.read("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION).averageAccuracy(),
            within(1e-12));
  }

  @Test
  void fewerMembersWithTheirWeightsAreAZooToo() {
    RunDirectory run = train();
    CompactedZoo zoos = compact(run, Split.VALIDATION);
    ZooManifest compacted = zoos.manifest(Optional.empty());
    CompactionFile sizes = compacted.compaction();
    CompactionFile.Size size =
        sizes.sizes().stream().filter(sizes::isChosen).findFirst().orElseThrow();

    assertThat(size.chosenOn().accuracy())
        .isGreaterThanOrEqualTo(sizes.sizes().get(0).chosenOn().averagedAccuracy());
    assertThat(compacted.members()).hasSizeLessThan(2 * TASKS).hasSize(size.members());
    for (int task = 0; task < TASKS; task++) {
      assertThat(compacted.membersOf(task)).isNotEmpty();
    }
    TreeSet<String> left = new TreeSet<>();
    run(run).members().forEach(member -> left.add(member.id()));
    sizes.sizes().stream()
        .filter(larger -> larger.members() >= size.members() && larger.without() != null)
        .forEach(larger -> left.remove(larger.without()));
    assertThat(compacted.members())
        .extracting(ZooManifest.Member::id)
        .containsExactlyElementsOf(left);

    Path archive = directory.resolve("compacted.zip");
    SavedZoo zoo = SavedZoo.at(run.uri(), HADOOP);
    ZooExport.write(zoo, compacted, archive.toUri().toString(), HADOOP);
    assertThat(SavedZoo.at(archive.toString(), HADOOP).manifest()).isEqualTo(compacted);
  }

  @Test
  void aBudgetIsKeptToOrRefused() {
    CompactedZoo zoos = compact(train(), Split.VALIDATION);
    int smallest =
        sizes(zoos).sizes().stream().mapToInt(CompactionFile.Size::members).min().getAsInt();
    assertThat(zoos.manifest(members(smallest)).members()).hasSize(smallest);
    assertThatThrownBy(() -> zoos.manifest(members(smallest - 1)))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("has " + smallest + " members");
  }

  private static Optional<Budget> members(int most) {
    return Optional.of(new Budget(most, Long.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void whereNothingIsHeldOutTrainingImagesChooseOnRequestOnly() {
    RunDirectory run = train("data.validation-share=0", "zoo.signal=training");
    assertThatThrownBy(() -> compact(run, Split.VALIDATION))
        .isInstanceOfSatisfying(
            ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContaining("data.validation-share = 0")
        .hasMessageContaining("--choose-by training");
    assertThat(sizes(compact(run, Split.TRAIN)).split()).isEqualTo("training");
  }

  @Test
  void trainingImagesChooseOnlyWhereTheirPredictionsAreStored() {
    RunDirectory run = train();
    assertThatThrownBy(() -> compact(run, Split.TRAIN))
        .hasMessageContaining("zoo.signal = training");
    assertThatThrownBy(() -> compact(run, Split.TEST)).isInstanceOf(IllegalArgumentException.class);
  }

  private static CompactionFile sizes(CompactedZoo zoos) {
    return zoos.manifest(Optional.empty()).compaction();
  }

  private static CompactedZoo compact(RunDirectory run, Split split) {
    return new CompactedZoo(run, run(run), split);
  }

  private static ZooManifest run(RunDirectory run) {
    return SavedZoo.at(run.uri(), HADOOP).manifest();
  }

  private RunDirectory train(String... settings) {
    List<String> all =
        List.of(
            "data.set.name=invented",
            "data.set.source.format=synthetic",
            "data.set.source.families=1",
            "data.set.source.tasks-per-family=" + TASKS,
            "data.set.source.classes-per-task=2",
            "zoo.mode=continual",
            "zoo.tasks-per-round=2",
            "zoo.members-per-round=2",
            "output.directory=\"" + directory + "\"");
    LoadedConfig config =
        ConfigLoader.load(List.of(), Stream.concat(all.stream(), Stream.of(settings)).toList());
    RunDirectory run = RunDirectories.of(config.values(), HADOOP);
    TrainJob job = new TrainJob(config, run, DataCheck.check(config.values().data(), HADOOP));
    try (InventingFarm farm = new InventingFarm(1, 1);
        RunLease lease = RunLease.take(run, remark -> {})) {
      job.run(lease, farm, event -> {});
    }
    return run;
  }
}

package org.modelzoo.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RunHistory;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
import org.modelzoo.training.MemberOutcome;

/** Methods beside a zoo: those that follow its rounds, and those of one network. */
class ZooFollowersTest {
  private static final Configuration HADOOP = new Configuration();
  private static final int TASKS = 5;

  @TempDir private Path directory;

  @Test
  void anIsolatedEnsembleHasAsManyMembersOfEachTaskAsTheZoo() {
    RunDirectory run = train("continual", "experiment.baselines=[isolated-ensemble]");
    RunHistory zoo = RunHistory.read(run);
    RunHistory ensemble = RunHistory.read(run.inside("baselines/isolated-ensemble"));

    assertThat(ensemble.rounds()).hasSameSizeAs(zoo.rounds());
    for (int round = 0; round < zoo.rounds().size(); round++) {
      assertThat(memberships(ensemble.rounds().get(round)))
          .isEqualTo(memberships(zoo.rounds().get(round)));
    }
    assertThat(ensemble.members()).allMatch(member -> member.tasks().size() == 1);
    // Rounds of three members of 1, 2, 2, 2, 2 tasks, but for one that diverged, of 2.
    assertThat(ensemble.members()).hasSize(3 * (1 + 2 * 4) - 2);
  }

  @Test
  void aRefitTrainsTheZoosMembersOnAllImages() {
    RunDirectory run = train("multi-task", "zoo.refit=true");
    RunDirectory refit = run.inside("baselines/refit");

    assertThat(subsets(RunHistory.read(refit))).isEqualTo(subsets(RunHistory.read(run)));
    ModelZooConfig config = ConfigLoader.parse(refit.configuration(), "config.conf").values();
    assertThat(config.data().validationShare()).isZero();
    RunSummary summary = run.read("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
    assertThat(summary.baselines()).containsOnlyKeys("refit");
  }

  @Test
  void aSequentialRunIsOneNetworkInTheEnd() {
    RunDirectory run = train("continual", "experiment.method=replay");
    RunHistory history = RunHistory.read(run);

    assertThat(history.rounds()).hasSize(TASKS);
    assertThat(history.members()).hasSize(TASKS);
    assertThat(history.ensembleMembers())
        .singleElement()
        .extracting(Round.Member::tasks)
        .isEqualTo(List.of(0, 1, 2, 3, 4));
  }

  @Test
  void aFollowerThatWasInterruptedEndsWithTheSameFiles() throws IOException {
    String[] methods = {"zoo.refit=true", "experiment.baselines=[isolated-ensemble]"};
    Path run = Path.of(train("continual", methods).location());
    Map<String, String> before = RunFilesOf.results(run);
    for (String follower : List.of("isolated-ensemble", "refit")) {
      Path baseline = run.resolve("baselines").resolve(follower);
      Files.delete(baseline.resolve("summary.json"));
      Files.delete(baseline.resolve("rounds/round-002.json"));
      Files.delete(baseline.resolve("members/round-003-member-00/outcome.json"));
    }
    train("continual", methods);

    assertThat(RunFilesOf.results(run)).hasSizeGreaterThan(3 * TASKS).isEqualTo(before);
  }

  private RunDirectory train(String mode, String... more) {
    LoadedConfig config = config(mode, more);
    RunDirectory run = RunDirectories.of(config.values(), HADOOP);
    TrainJob job = new TrainJob(config, run, new CheckedData("data", List.of()));
    InventingFarm farm =
        new InventingFarm(3, 1)
            .with("zoo round-003-member-01", new MemberOutcome.Diverged(1, 1, Double.NaN, 0.1));
    try (RunLease lease = RunLease.take(run, remark -> {})) {
      job.run(lease, farm, event -> {});
    }
    return run;
  }

  private LoadedConfig config(String mode, String... more) {
    return ConfigLoader.load(
        List.of(),
        Stream.concat(
                Stream.of(
                    "experiment.name=run",
                    "data.set.name=invented",
                    "data.set.source.format=synthetic",
                    "data.set.source.families=1",
                    "data.set.source.classes-per-task=2",
                    "data.set.source.tasks-per-family=" + TASKS,
                    "zoo.mode=" + mode,
                    "zoo.rounds=4",
                    "zoo.tasks-per-round=2",
                    "zoo.members-per-round=3",
                    "output.directory=\"" + directory + "\""),
                Stream.of(more))
            .toList());
  }

  private static Map<Integer, Long> memberships(Round round) {
    return round.trained().stream()
        .flatMap(member -> member.tasks().stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static List<List<Integer>> subsets(RunHistory history) {
    return history.members().stream().map(Round.Member::tasks).toList();
  }
}

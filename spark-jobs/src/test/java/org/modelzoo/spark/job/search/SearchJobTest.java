package org.modelzoo.spark.job.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.search.StudyEvent;
import org.modelzoo.search.StudyLog;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.StudyFilesOf;
import org.modelzoo.spark.job.TrainJob;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.PartialTraining;

/** A search on a farm that trains nothing. */
class SearchJobTest {
  private static final String HYPERBAND =
      "search.scheduler={ method = hyperband, grace-period = 2, reduction-factor = 3 }";
  private static final String ASHA =
      "search.scheduler={ method = asha, grace-period = 2, reduction-factor = 3 }";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"search.scheduler.method=none", HYPERBAND})
  void withoutLookingAtTheOrderResultsAreTheSameWhateverEndsFirst(String scheduler)
      throws IOException {
    List<Object> results = new ArrayList<>();
    for (int timing = 0; timing < 4; timing++) {
      LoadedConfig config = config("timing-" + timing, scheduler);
      run(config, new InventingTrials(1 + timing, timing));
      results.add(StudyFilesOf.results(path(config)));
    }
    assertThat(results).allMatch(results.get(0)::equals);
    assertThat(results.get(0).toString()).contains("finished=\"trials\"", "best_trial");
  }

  /**
   * The log is cut after each of its events in turn, as by kill -9, and the command given again.
   */
  @Test
  void killedAfterAnyEventNoRungThatEndedRunsAgainAndTheResultIsTheSame() throws IOException {
    LoadedConfig whole = config("whole", HYPERBAND, "search.trials=9");
    InventingTrials undisturbed = new InventingTrials(2, 5);
    run(whole, undisturbed);
    List<String> log = LineLog.ofStudy(directoryOf(whole)).read().lines().toList();
    assertThat(log).hasSizeGreaterThan(25);

    for (int events = 0; events < log.size(); events++) {
      LoadedConfig config = config("killed-" + events, HYPERBAND, "search.trials=9");
      Set<String> ended = leave(log.subList(0, events), whole, config);
      InventingTrials farm = new InventingTrials(2, events);
      run(config, farm);

      assertThat(StudyFilesOf.results(path(config)))
          .as("after %d events", events)
          .isEqualTo(StudyFilesOf.results(path(whole)));
      Set<String> expected = new HashSet<>(undisturbed.trained());
      expected.removeAll(ended);
      assertThat(farm.trained()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Puts down what a killed search leaves; tells the rungs that ended. */
  private Set<String> leave(List<String> events, LoadedConfig of, LoadedConfig as)
      throws IOException {
    for (String name : List.of("run.json", "config.conf")) {
      FileUtils.copyFile(path(of).resolve(name).toFile(), path(as).resolve(name).toFile());
    }
    String log = String.join("\n", events) + (events.isEmpty() ? "" : "\n");
    Path file = path(as).resolve("log/000007-000000.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, log);
    Set<String> ended = new HashSet<>();
    for (StudyEvent event : StudyLog.parse(log, "log")) {
      if (event instanceof StudyEvent.Reported reported) {
        int[] rungs = {2, 6, 8};
        ended.add("%s to %d".formatted(Trial.name(reported.trial()), rungs[reported.rung()]));
      }
    }
    return ended;
  }

  @Test
  void checkpointsAreKeptOfTrialsThatMayGoOnOnly() throws IOException {
    LoadedConfig config = config("checkpoints", ASHA);
    Path trials = path(config).resolve("trials");
    List<List<String>> seen = new ArrayList<>();
    InventingTrials farm =
        new InventingTrials(1, 1)
            .with(
                11,
                rung -> {
                  seen.add(names(trials));
                  return null;
                });
    run(config, farm);
    List<String> whole = farm.trained().stream().filter(rung -> rung.endsWith(" to 8")).toList();
    assertThat(seen.get(0)).isNotEmpty();
    assertThat(whole).isNotEmpty();
    assertThat(names(trials)).isEmpty();
  }

  @Test
  void aTrialThatDivergesOrTakesTooLongIsAResult() throws IOException {
    LoadedConfig config = config("diverged", ASHA, "search.trial-time-limit=60");
    PartialTraining.Result diverged =
        new PartialTraining.Result(
            new MemberOutcome.Diverged(1, 7, Double.NaN, 0.5), List.of(), 50, 0.1);
    run(
        config,
        new InventingTrials(2, 1)
            .with(3, rung -> diverged)
            .with(
                4,
                rung ->
                    new PartialTraining.Result(new MemberOutcome.OutOfTime(), List.of(), 70, 60)));
    assertThat(csv(config).get(4))
        .startsWith("3,proposed,diverged,")
        .contains("diverged in epoch 1");
    assertThat(csv(config).get(5)).startsWith("4,proposed,cancelled,").contains("trained for 60 s");
    assertThat(study(config).path("trials").path("diverged").asInt()).isEqualTo(1);
    assertThat(study(config).path("finished").asText()).isEqualTo("trials");
  }

  @Test
  void whatTheClusterFailsIsTriedAgainAndChangesNothing() throws IOException {
    LoadedConfig calm = config("calm", HYPERBAND);
    run(calm, new InventingTrials(2, 1));
    LoadedConfig config = config("lost", HYPERBAND);
    List<String> tries = new ArrayList<>();
    InventingTrials farm =
        new InventingTrials(2, 1)
            .with(
                2,
                rung -> {
                  tries.add(rung.id());
                  return tries.size() <= 2 ? failed(ErrorKind.CLUSTER, "no space left") : null;
                });
    run(config, farm);
    assertThat(tries.subList(0, 3))
        .containsExactly(
            "study trial-00002 rung 1 round-000-member-00",
            "study trial-00002 rung 1 attempt 2 round-000-member-00",
            "study trial-00002 rung 1 attempt 3 round-000-member-00");
    assertThat(StudyFilesOf.results(path(config))).isEqualTo(StudyFilesOf.results(path(calm)));
  }

  @Test
  void aTrialThatFailsWhereOthersSucceedHasFailed() throws IOException {
    LoadedConfig config = config("failed", "search.scheduler.method=none");
    InventingTrials farm =
        new InventingTrials(2, 1)
            .with(0, rung -> failed(ErrorKind.CLUSTER, "out of memory"))
            .with(11, rung -> failed(ErrorKind.BUG, "this is a bug"));
    run(config, farm);
    assertThat(farm.trained().stream().filter(it -> it.startsWith("trial-00000"))).hasSize(3);
    assertThat(farm.trained().stream().filter(it -> it.startsWith("trial-00011"))).hasSize(1);
    assertThat(csv(config).get(1)).startsWith("0,proposed,failed,").contains("out of memory");
    assertThat(csv(config).get(12)).startsWith("11,proposed,failed,").contains("this is a bug");
    assertThat(study(config).path("trials").path("completed").asInt()).isEqualTo(10);
  }

  @Test
  void aClusterThatIsGoneEndsTheSearchAndFailsNoTrial() throws IOException {
    LoadedConfig calm = config("calm", HYPERBAND);
    run(calm, new InventingTrials(2, 1));
    LoadedConfig config = config("gone", HYPERBAND);
    assertThatThrownBy(() -> run(config, new InventingTrials(2, 1).broken()))
        .isInstanceOf(ModelZooException.class)
        .hasMessage("the cluster is gone");
    assertThat(study(config).path("trials").path("failed").asInt()).isZero();
    run(config, new InventingTrials(2, 2));
    assertThat(StudyFilesOf.results(path(config))).isEqualTo(StudyFilesOf.results(path(calm)));
  }

  @Test
  void aSearchThatIsStoppedIsContinued() throws IOException {
    LoadedConfig calm = config("calm", HYPERBAND);
    run(calm, new InventingTrials(2, 1));
    LoadedConfig config = config("stopped", HYPERBAND);
    SearchJob job = job(config);
    InventingTrials farm =
        new InventingTrials(2, 1)
            .with(
                5,
                rung -> {
                  Thread stop = new Thread(() -> job.stop());
                  stop.start();
                  return null;
                });
    assertThatThrownBy(() -> run(job, config, farm)).hasMessageContaining("was stopped");
    assertThat(path(config).resolve("study.json")).exists();
    run(config, new InventingTrials(2, 1));
    assertThat(StudyFilesOf.results(path(config))).isEqualTo(StudyFilesOf.results(path(calm)));
  }

  @Test
  void aFinishedSearchIsExtendedToWhatALongerOneIs() throws IOException {
    LoadedConfig longer = config("longer", "search.scheduler.method=none");
    run(longer, new InventingTrials(2, 1));
    LoadedConfig shorter = config("extended", "search.scheduler.method=none", "search.trials=5");
    run(shorter, new InventingTrials(2, 1));
    assertThat(job(shorter).isFinished()).isTrue();
    LoadedConfig extended = config("extended", "search.scheduler.method=none");
    assertThat(job(extended).isFinished()).isFalse();
    InventingTrials farm = new InventingTrials(2, 1);
    run(extended, farm);
    assertThat(farm.trained()).hasSize(7);
    assertThat(StudyFilesOf.results(path(extended))).isEqualTo(StudyFilesOf.results(path(longer)));
  }

  @Test
  void aStudyWhoseLogIsLostIsNotBegunAnew() throws IOException {
    LoadedConfig config = config("lost");
    run(config, new InventingTrials(1, 1));
    FileUtils.deleteDirectory(directory.resolve("lost/study/log").toFile());

    assertThatThrownBy(() -> run(config, new InventingTrials(1, 1)))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("the log of the study in", "is lost")
        .hasMessageContaining("put back a copy of log/")
        .extracting(error -> ((ModelZooException) error).kind())
        .isEqualTo(ErrorKind.DATA);
    assertThat(directory.resolve("lost/study/log")).doesNotExist();
  }

  @Test
  void aSearchKilledBeforeItsLastFilesIsNotFinished() throws IOException {
    LoadedConfig config = config("unwritten", "search.scheduler.method=none");
    run(config, new InventingTrials(1, 1));
    Object whole = StudyFilesOf.results(path(config));
    Path summary = path(config).resolve("study.json");
    String early =
        Files.readString(summary).replace("\"finished\" : \"trials\"", "\"finished\" : null");
    Files.writeString(summary, early);

    assertThat(job(config).isFinished()).isFalse();
    InventingTrials farm = new InventingTrials(1, 1);
    run(config, farm);
    assertThat(farm.trained()).isEmpty();
    assertThat(StudyFilesOf.results(path(config))).isEqualTo(whole);
    assertThat(job(config).isFinished()).isTrue();
  }

  @Test
  void trackersMayChangeWhenASearchContinues() {
    LoadedConfig config = config("tracked", "search.scheduler.method=none");
    run(config, new InventingTrials(2, 1));
    LoadedConfig tracked =
        config("tracked", "search.scheduler.method=none", "trackers.tensorboard.enabled=true");
    assertThat(job(tracked).isFinished()).isTrue();
  }

  @Test
  void anotherConfigurationIsRefusedByTheKeysThatDiffer() {
    LoadedConfig config = config("same", "search.scheduler.method=none");
    run(config, new InventingTrials(2, 1));
    LoadedConfig other = config("same", ASHA, "training.momentum=0.8", "search.trials=99");
    assertThatThrownBy(() -> job(other))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("search.scheduler.method: none → asha")
        .hasMessageContaining("training.momentum: 0.9 → 0.8")
        .hasMessageNotContaining("search.trials");
    assertThatThrownBy(() -> new TrainJob(config, directoryOf(config), InventedStudy.DATA))
        .hasMessageContaining("method: search → multi-head");
  }

  @Test
  void knownTrialsComeFirstAndCanBeAddedLater() throws IOException {
    String first = "{ \"training.learning-rate\" = 0.01 }";
    LoadedConfig config =
        config("known", "search.scheduler.method=none", "search.queue=[" + first + "]");
    run(config, new InventingTrials(2, 1));
    assertThat(csv(config).get(1)).startsWith("0,known,completed,0.01,");
    assertThat(study(config).path("best_trial").asInt()).isZero();

    LoadedConfig more =
        config(
            "known",
            "search.scheduler.method=none",
            "search.trials=13",
            "search.queue=[%s, { \"training.learning-rate\" = 0.02 }]".formatted(first));
    assertThat(job(more).isFinished()).isFalse();
    run(more, new InventingTrials(2, 1));
    assertThat(csv(more).get(13)).startsWith("12,known,completed,0.02,");
  }

  @Test
  void budgetsAndATargetEndIt() throws IOException {
    LoadedConfig images =
        config("images", "search.scheduler.method=none", "search.budget.images=2000");
    run(images, new InventingTrials(1, 1));
    assertThat(study(images).path("finished").asText()).isEqualTo("images");
    assertThat(csv(images)).as("800 images a trial").hasSize(1 + 3);

    LoadedConfig target = config("target", "search.scheduler.method=none", "search.target=9");
    run(target, new InventingTrials(1, 1));
    assertThat(study(target).path("finished").asText()).isEqualTo("target");
    assertThat(csv(target)).hasSize(1 + 1);
  }

  @Test
  void anIsolatedTrialTrainsAMemberForEachTask() throws IOException {
    LoadedConfig config = config("isolated", ASHA, "experiment.method=isolated");
    InventingTrials farm = new InventingTrials(4, 1);
    run(config, farm);
    assertThat(farm.trained().stream().filter("trial-00000 to 2"::equals)).hasSize(3);
    String value = csv(config).get(1).split(",", -1)[4];
    double distance = Math.log10(Double.parseDouble(csv(config).get(1).split(",", -1)[3])) + 2;
    int resource = Integer.parseInt(csv(config).get(1).split(",", -1)[5]);
    assertThat(Double.parseDouble(value))
        .isCloseTo(distance * distance + 1.0 / resource + 1, offset(1e-9));
  }

  @Test
  void aZoosRungsAreItsRounds() throws IOException {
    String[] settings = {
      "experiment.method=zoo",
      "zoo.rounds=4",
      "search.trials=6",
      "zoo.tasks-per-round=2",
      "search.space={ \"training.learning-rate\" { log-uniform = [1e-4, 1] } }"
    };
    LoadedConfig halved =
        config(
            "zoo",
            Stream.concat(Stream.of(HYPERBAND), Arrays.stream(settings)).toArray(String[]::new));
    run(halved, new InventingTrials(2, 1));
    LoadedConfig whole =
        config(
            "whole-zoo",
            Stream.concat(Stream.of("search.scheduler.method=none"), Arrays.stream(settings))
                .toArray(String[]::new));
    run(whole, new InventingTrials(2, 1));
    List<String> completed =
        csv(halved).stream()
            .filter(row -> row.contains(",completed,"))
            .map(SearchJobTest::value)
            .toList();
    assertThat(completed).isNotEmpty();
    assertThat(csv(whole).stream().map(SearchJobTest::value)).containsAll(completed);
    assertThat(names(path(halved).resolve("trials"))).isEmpty();
  }

  @Test
  void imagesOfAZooThatRunsOutOfTimeCount() throws IOException {
    LoadedConfig config =
        config(
            "slow-zoo",
            "experiment.method=zoo",
            "zoo.mode=multi-task",
            "zoo.rounds=300",
            "zoo.members-per-round=1",
            "search.trials=1",
            "search.scheduler.method=none",
            "search.trial-time-limit=1");
    run(config, new InventingTrials(1, 1));
    assertThat(csv(config).get(1)).startsWith("0,proposed,cancelled,").contains("trained for 1 s");
    // An invented member trains on ten.
    assertThat(study(config).path("images").asLong()).isPositive().isLessThan(3000);
  }

  @Test
  void aZooWhoseExecutorsWallClockWasSetIsNotCancelled() throws IOException {
    LoadedConfig config =
        config(
            "odd-clock",
            ASHA,
            "experiment.method=zoo",
            "zoo.mode=multi-task",
            "zoo.rounds=8",
            "search.trials=4",
            "search.trial-time-limit=3600");
    run(config, new InventingTrials(2, 1).wallClock(86_400_000));
    assertThat(csv(config)).hasSize(1 + 4).noneMatch(row -> row.contains(",cancelled,"));
    assertThat(csv(config)).as("a second rung").anyMatch(row -> row.contains(",6,2,"));
  }

  /** Number, parameter, value and resource. */
  private static String value(String row) {
    String[] cells = row.split(",", -1);
    return String.join(",", cells[0], cells[3], cells[4], cells[5]);
  }

  private static PartialTraining.Result failed(ErrorKind kind, String message) {
    return new PartialTraining.Result(
        new MemberOutcome.Failed(kind, message, ""), List.of(), 0, 0.1);
  }

  private static List<String> names(Path directory) {
    String[] names = directory.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private List<String> csv(LoadedConfig config) throws IOException {
    return Files.readAllLines(path(config).resolve("trials.csv"));
  }

  private JsonNode study(LoadedConfig config) throws IOException {
    return new ObjectMapper().readTree(path(config).resolve("study.json").toFile());
  }

  private void run(LoadedConfig config, InventingTrials farm) {
    run(job(config), config, farm);
  }

  private static void run(SearchJob job, LoadedConfig config, InventingTrials farm) {
    InventedStudy.run(job, config, farm, event -> {});
  }

  private static SearchJob job(LoadedConfig config) {
    return InventedStudy.job(config);
  }

  private static RunDirectory directoryOf(LoadedConfig config) {
    return InventedStudy.directoryOf(config);
  }

  private static Path path(LoadedConfig config) {
    return Path.of(config.values().output().directory(), "study");
  }

  private LoadedConfig config(String name, String... settings) {
    return InventedStudy.config(directory.resolve(name), settings);
  }
}

package org.modelzoo.spark.job.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.StudyFilesOf;
import org.modelzoo.spark.event.RunEvent.TrialsChanged;
import org.modelzoo.spark.tracker.EventRecords;
import org.modelzoo.spark.tracker.FakeMlflow;
import org.modelzoo.spark.tracker.Trackers;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.PartialTraining;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.nd4j.shade.protobuf.Value;
import org.tensorflow.framework.Summary;

/**
 * Searches on a farm that trains nothing, recorded in TensorBoard's files and on a server that
 * speaks MLflow's REST interface.
 */
class TrackedSearchTest {
  private static final String KEY = "training.learning-rate";
  private static final String VALUE = "validation-loss";

  @TempDir private Path output;

  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private FakeMlflow mlflow;

  @BeforeEach
  void startMlflow() throws IOException {
    mlflow = FakeMlflow.start();
  }

  @AfterEach
  void nothingWasRefused() {
    mlflow.close();
    assertThat(mlflow.refusals()).isEmpty();
    assertThat(remarks).isEmpty();
  }

  @Test
  void aStudyIsRecordedWithItsTrials() throws IOException {
    LoadedConfig config = config("whole");
    run(config);
    FakeMlflow.Run study = study();
    assertThat(study.name()).isEqualTo("study search");
    assertThat(study.status()).isEqualTo("FINISHED");
    assertThat(study.params())
        .containsEntry("search.scheduler.method", "hyperband")
        .containsKey("search.space.training.learning-rate.log-uniform");
    assertThat(mlflow.artifacts().keySet())
        .extracting(name -> name.substring(name.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder("config.conf", "study.json", "trials.csv", "best.conf");
    requireBest(config, study);

    SortedMap<Integer, FakeMlflow.Run> trials = trials();
    Map<String, Double> counts = new TreeMap<>();
    for (Row row : rows(config)) {
      FakeMlflow.Run trial = trials.get(row.trial());
      assertThat(trial.name()).isEqualTo("trial-%05d".formatted(row.trial()));
      assertThat(trial.tags())
          .containsEntry("modelzoo.trial_state", row.state())
          .containsEntry("modelzoo.trial_origin", "proposed");
      assertThat(trial.params()).containsExactly(Map.entry(KEY, row.parameter()));
      assertThat(trial.status())
          .isEqualTo(
              switch (row.state()) {
                case "completed", "pruned" -> "FINISHED";
                case "diverged" -> "FAILED";
                default -> "KILLED";
              });
      if (!row.value().isEmpty()) {
        assertThat(trial.values().get(VALUE)).endsWith(Double.parseDouble(row.value()));
        assertThat(trial.steps().get(VALUE)).endsWith(Long.parseLong(row.resource()));
      }
      counts.merge(row.state(), 1.0, Double::sum);
    }
    assertThat(trials).hasSize(12);
    assertThat(trials.get(3).tags().get("modelzoo.trial_message")).contains("diverged in epoch 1");
    assertThat(counts).containsOnlyKeys("completed", "pruned", "diverged", "cancelled");
    counts.forEach(
        (state, count) -> assertThat(study.values().get("trials/" + state)).containsExactly(count));
    requireParameters(config);
  }

  @Test
  void aStudyThatIsKilledAndContinuedIsRecordedOnceInBoth() throws IOException {
    LoadedConfig whole = config("whole");
    run(whole);
    Map<Integer, List<Object>> expected = described(trials());
    Map<String, List<String>> expectedCurves = curves(whole);
    for (int events : new int[] {3, 20}) {
      assertThat(mlflow.refusals()).isEmpty();
      mlflow.close();
      mlflow = FakeMlflow.start();
      LoadedConfig config = config("killed-" + events);
      kill(config, events);
      assertThat(study().status()).isEqualTo("RUNNING");
      run(config);

      assertThat(StudyFilesOf.results(path(config))).isEqualTo(StudyFilesOf.results(path(whole)));
      assertThat(study().status()).isEqualTo("FINISHED");
      requireBest(config, study());
      assertThat(described(trials())).isEqualTo(expected);
      assertThat(curves(config)).isEqualTo(expectedCurves);
    }
  }

  @Test
  void aStudyThatWasStoppedOrIsExtendedGoesOnInTheSameRun() throws IOException {
    LoadedConfig shorter = config("extended", "search.trials=7");
    SearchJob job = InventedStudy.job(shorter);
    assertThatThrownBy(() -> record(shorter, job, farm().with(5, rung -> stop(job))))
        .hasMessageContaining("was stopped");
    assertThat(study().status()).isEqualTo("FAILED");
    assertThat(trials().get(5).status()).isEqualTo("KILLED");

    run(shorter);
    assertThat(study().status()).isEqualTo("FINISHED");
    assertThat(trials()).hasSize(7);

    LoadedConfig longer = config("extended", "trackers.time-limit=10s");
    run(longer);
    assertThat(study().status()).isEqualTo("FINISHED");
    requireBest(longer, study());
    SortedMap<Integer, FakeMlflow.Run> trials = trials();
    assertThat(trials).hasSize(12);
    for (Row row : rows(longer)) {
      assertThat(trials.get(row.trial()).tags()).containsEntry("modelzoo.trial_state", row.state());
    }
  }

  /** TensorBoard finds the parameters of every trial, and how it ended. */
  private static void requireParameters(LoadedConfig config) throws IOException {
    for (Row row : rows(config)) {
      List<UnknownFieldSet> sessions = new ArrayList<>();
      for (Summary.Value value : values(config, "trials/trial-%05d".formatted(row.trial()))) {
        if (value.getMetadata().getPluginData().getPluginName().equals("hparams")) {
          sessions.add(UnknownFieldSet.parseFrom(value.getMetadata().getPluginData().getContent()));
        }
      }
      assertThat(sessions).hasSize(2);
      UnknownFieldSet parameter = message(message(sessions.get(0), 3), 1);
      assertThat(bytes(parameter, 1).toStringUtf8()).isEqualTo(KEY);
      assertThat(Value.parseFrom(bytes(parameter, 2)).getNumberValue())
          .isEqualTo(Double.parseDouble(row.parameter()));
      long status = row.state().matches("completed|pruned") ? 1 : 2;
      assertThat(message(sessions.get(1), 4).getField(1).getVarintList()).containsExactly(status);
    }
  }

  private static UnknownFieldSet message(UnknownFieldSet message, int field)
      throws InvalidProtocolBufferException {
    return UnknownFieldSet.parseFrom(bytes(message, field));
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    List<ByteString> values = message.getField(field).getLengthDelimitedList();
    assertThat(values).hasSize(1);
    return values.get(0);
  }

  /** MLflow knows the best trial as {@code study.json} does, and has each point of it once. */
  private static void requireBest(LoadedConfig config, FakeMlflow.Run study) throws IOException {
    Map<String, String> summary = StudyFilesOf.results(path(config));
    assertThat(study.tags())
        .containsEntry("modelzoo.best_trial", summary.get("best_trial"))
        .containsEntry("modelzoo.rungs", summary.get("rungs"))
        .containsEntry("modelzoo.best_parameters", summary.get("best_parameters"));
    double best = Double.parseDouble(summary.get("best_value"));
    long rungs = Long.parseLong(summary.get("rungs"));
    assertThat(study.values().get("best/" + VALUE)).endsWith(best);
    assertThat(study.steps().get("best/" + VALUE)).isSorted().endsWith(rungs);
    List<EventRecords.Recorded> points = points(config, "", "best/" + VALUE);
    assertThat(points)
        .extracting(EventRecords.Recorded::step)
        .isSorted()
        .doesNotHaveDuplicates()
        .endsWith(rungs);
    assertThat(points.get(points.size() - 1).summary().getValue(0).getSimpleValue())
        .isEqualTo((float) best);
  }

  private static Map<Integer, List<Object>> described(Map<Integer, FakeMlflow.Run> trials) {
    Map<Integer, List<Object>> described = new TreeMap<>();
    trials.forEach(
        (number, trial) -> {
          Map<String, String> tags = new TreeMap<>(trial.tags());
          tags.remove("mlflow.parentRunId");
          described.put(
              number, List.of(trial.status(), tags, trial.params(), trial.steps(), trial.values()));
        });
    return described;
  }

  /** Of every trial the steps and values that TensorBoard finds. */
  private static Map<String, List<String>> curves(LoadedConfig config) throws IOException {
    Map<String, List<String>> curves = new TreeMap<>();
    for (Row row : rows(config)) {
      String trial = "trials/trial-%05d".formatted(row.trial());
      curves.put(
          trial,
          points(config, trial, VALUE).stream()
              .map(point -> point.step() + ": " + point.summary().getValue(0).getSimpleValue())
              .toList());
    }
    return curves;
  }

  private static List<EventRecords.Recorded> points(
      LoadedConfig config, String directory, String tag) throws IOException {
    return events(config, directory).stream()
        .filter(event -> event.summary().getValueCount() > 0)
        .filter(event -> event.summary().getValue(0).getTag().equals(tag))
        .toList();
  }

  private static List<Summary.Value> values(LoadedConfig config, String directory)
      throws IOException {
    return events(config, directory).stream()
        .flatMap(event -> event.summary().getValueList().stream())
        .toList();
  }

  private static List<EventRecords.Recorded> events(LoadedConfig config, String directory)
      throws IOException {
    List<EventRecords.Recorded> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(path(config).resolve("tensorboard").resolve(directory))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          events.addAll(EventRecords.of(file));
        }
      }
    }
    return events;
  }

  /** A row of {@code trials.csv}. */
  private record Row(int trial, String state, String parameter, String value, String resource) {}

  private static List<Row> rows(LoadedConfig config) throws IOException {
    return Files.readAllLines(path(config).resolve("trials.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> new Row(Integer.parseInt(cells[0]), cells[2], cells[3], cells[4], cells[5]))
        .toList();
  }

  private FakeMlflow.Run study() {
    List<FakeMlflow.Run> studies =
        mlflow.runs().values().stream()
            .filter(run -> !run.tags().containsKey("mlflow.parentRunId"))
            .toList();
    assertThat(studies).hasSize(1);
    return studies.get(0);
  }

  /** By their numbers; every one once. */
  private SortedMap<Integer, FakeMlflow.Run> trials() {
    SortedMap<Integer, FakeMlflow.Run> trials = new TreeMap<>();
    mlflow.runs().values().stream()
        .filter(run -> run.tags().containsKey("mlflow.parentRunId"))
        .forEach(
            run ->
                assertThat(trials.put(Integer.parseInt(run.tags().get("modelzoo.trial")), run))
                    .isNull());
    return trials;
  }

  private void run(LoadedConfig config) {
    record(config, InventedStudy.job(config), farm());
  }

  private void record(LoadedConfig config, SearchJob job, InventingTrials farm) {
    try (Trackers trackers = trackers()) {
      InventedStudy.run(job, config, farm, trackers);
    }
  }

  /** Searches until trackers have heard so often of trials, and lets them hear nothing more. */
  private void kill(LoadedConfig config, int events) {
    SearchJob job = InventedStudy.job(config);
    AtomicInteger left = new AtomicInteger(events);
    try (Trackers trackers = trackers()) {
      assertThatThrownBy(
              () ->
                  InventedStudy.run(
                      job,
                      config,
                      farm(),
                      event -> {
                        if (left.get() > 0) {
                          trackers.on(event);
                        }
                        if (event instanceof TrialsChanged && left.decrementAndGet() == 0) {
                          stop(job);
                        }
                      }))
          .hasMessageContaining("was stopped");
    }
  }

  private static PartialTraining.Result stop(SearchJob job) {
    // It waits for the search, which waits for the caller.
    new Thread(job::stop).start();
    return null;
  }

  private static InventingTrials farm() {
    PartialTraining.Result diverged =
        new PartialTraining.Result(
            new MemberOutcome.Diverged(1, 7, Double.NaN, 0.5), List.of(), 50, 0.1);
    return new InventingTrials(2, 1)
        .with(3, rung -> diverged)
        .with(
            4,
            rung -> new PartialTraining.Result(new MemberOutcome.OutOfTime(), List.of(), 70, 60));
  }

  private Trackers trackers() {
    return Trackers.of(
        new TrackersConfig(
            Duration.ofMinutes(1),
            new TrackersConfig.TensorBoard(true, 0, false),
            new TrackersConfig.Mlflow(mlflow.uri(), "modelzoo"),
            new TrackersConfig.Webhook(false, Duration.ZERO)),
        new Configuration(),
        remarks::add);
  }

  private static Path path(LoadedConfig config) {
    return Path.of(config.values().output().directory(), "study");
  }

  private LoadedConfig config(String name, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "search.scheduler={ method = hyperband, grace-period = 2, reduction-factor = 3 }"));
    all.addAll(List.of(settings));
    return InventedStudy.config(output.resolve(name), all.toArray(String[]::new));
  }
}

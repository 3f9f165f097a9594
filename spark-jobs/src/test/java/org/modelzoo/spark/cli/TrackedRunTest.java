package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.RunFilesOf;
import org.modelzoo.spark.TinyExperiment;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.tracker.EventRecords;
import org.modelzoo.spark.tracker.FakeMlflow;
import org.modelzoo.spark.tracker.Trackers;
import org.tensorflow.framework.Summary;

/** Whole runs that are recorded in TensorBoard's files and on a server that speaks MLflow's. */
@ExtendWith(LocalMaster.class)
class TrackedRunTest {
  private static final int ROUNDS = 2;
  private static final int MEMBERS = 2 * ROUNDS;
  private static final int EPOCHS = 2;

  @TempDir private Path output;

  @Test
  void aRunThatIsContinuedIsRecordedOnceInBoth() throws IOException {
    try (FakeMlflow mlflow = FakeMlflow.start()) {
      Console first = train(output, mlflow.uri());
      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(first.err())
          .contains("zoo round-000-member-00 after epoch 1 of 2: test accuracy ")
          .doesNotContain("dropped");
      assertThat(mlflow.refusals()).isEmpty();
      FakeMlflow.Run run = mlflow.runs().get(parent());
      requireWholeRun(mlflow, run);
      requireWholeFiles();
      Path directory = output.resolve("tiny");
      requireCurve(directory.resolve("tensorboard/members/round-001-member-00"));
      int points = points(mlflow);
      requireThatAServerThatHangsLeavesTheRunAlone(RunFilesOf.results(directory));
      requireThatAServerThatRefusesIsDropped();

      Files.delete(directory.resolve("summary.json"));
      Files.delete(directory.resolve("rounds/round-001.json"));
      Files.delete(directory.resolve("tensorboard/events.out.tfevents.0000000002.modelzoo"));
      FileUtils.deleteDirectory(directory.resolve("members/round-001-member-01").toFile());
      Console again = train(output, mlflow.uri());
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.err()).contains("continues after round 1").doesNotContain("dropped");
      assertThat(mlflow.runs()).hasSize(1 + MEMBERS);
      assertThat(mlflow.refusals()).isEmpty();
      requireWholeRun(mlflow, run);
      requireWholeFiles();
      assertThat(points(mlflow)).isGreaterThanOrEqualTo(points);
    }
  }

  private void requireWholeRun(FakeMlflow mlflow, FakeMlflow.Run run) {
    assertThat(mlflow.experiments()).containsOnlyKeys("modelzoo");
    assertThat(run.name()).isEqualTo("tiny zoo");
    assertThat(run.status()).isEqualTo("FINISHED");
    assertThat(run.params()).containsEntry("training.epochs", "2").doesNotContainKey("data.set");
    assertThat(run.steps())
        .containsEntry("ensemble/accuracy", List.of(1L, 2L))
        .containsEntry("weight/family-2-task-1", List.of(2L))
        .containsKey("average_accuracy");
    assertThat(run.tags()).containsEntry("modelzoo.rounds", "2");
    List<FakeMlflow.Run> members =
        mlflow.runs().values().stream()
            .filter(member -> member.tags().containsKey("mlflow.parentRunId"))
            .toList();
    assertThat(members)
        .hasSize(MEMBERS)
        .allMatch(member -> member.status().equals("FINISHED"))
        .allMatch(member -> member.steps().containsKey("training/loss"))
        .allMatch(member -> evaluations(member) >= EPOCHS);
    assertThat(mlflow.artifacts().keySet())
        .extracting(name -> name.substring(name.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder(
            "config.conf", "summary.json", "metrics.csv", "accuracy-matrix.csv");
  }

  private void requireWholeFiles() throws IOException {
    Path directory = output.resolve("tiny/tensorboard");
    List<Summary.Value> values = values(directory);
    assertThat(values)
        .filteredOn(value -> value.getTag().equals("ensemble/accuracy"))
        .hasSize(ROUNDS);
    assertThat(values).filteredOn(Summary.Value::hasImage).hasSize(ROUNDS);
    for (int member = 0; member < MEMBERS; member++) {
      Path own =
          directory.resolve("members/round-%03d-member-%02d".formatted(member / 2, member % 2));
      assertThat(values(own))
          .anyMatch(value -> value.getTag().equals("training/loss"))
          .anyMatch(value -> value.getTag().startsWith("test_loss/family-"))
          .anyMatch(value -> value.getTag().startsWith("test_accuracy/family-"))
          .anyMatch(value -> value.hasHisto() && value.getHisto().getNum() > 1000);
    }
  }

  /** Every step once, in order, and nothing taken back. */
  private static void requireCurve(Path member) throws IOException {
    List<EventRecords.Recorded> events =
        EventRecords.of(member.resolve("events.out.tfevents.0000000000.modelzoo"));
    assertThat(events).noneMatch(EventRecords.Recorded::restart);
    assertThat(events)
        .filteredOn(
            event ->
                event.summary().getValueList().stream()
                    .anyMatch(value -> value.getTag().equals("training/loss")))
        .extracting(EventRecords.Recorded::step)
        .isNotEmpty()
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static List<Summary.Value> values(Path directory) throws IOException {
    List<Summary.Value> values = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        EventRecords.of(file).forEach(event -> values.addAll(event.summary().getValueList()));
      }
    }
    return values;
  }

  /** Of a member's first task. */
  private static int evaluations(FakeMlflow.Run member) {
    return member.steps().entrySet().stream()
        .filter(metric -> metric.getKey().startsWith("test_accuracy/family-"))
        .mapToInt(metric -> metric.getValue().size())
        .findFirst()
        .orElse(0);
  }

  private static int points(FakeMlflow mlflow) {
    return mlflow.runs().values().stream()
        .map(FakeMlflow.Run::steps)
        .map(Map::values)
        .flatMap(Collection::stream)
        .mapToInt(List::size)
        .sum();
  }

  private String parent() throws IOException {
    return new ObjectMapper()
        .readTree(output.resolve("tiny/mlflow.json").toFile())
        .path("run_id")
        .asText();
  }

  /** As this one can't be spoken to, nothing tracks the run. */
  private void requireThatAServerThatHangsLeavesTheRunAlone(Map<String, String> tracked)
      throws IOException {
    Path alone = output.resolve("alone");
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String uri = "http://127.0.0.1:" + deaf.getLocalPort();
      Console console =
          train(alone, uri, "trackers.tensorboard.enabled=false", "trackers.time-limit=1s");
      assertThat(console.exitCode()).as(console.err()).isZero();
      assertThat(console.err()).containsOnlyOnce("mlflow is dropped, and the run goes on");
    }
    assertThat(RunFilesOf.results(alone.resolve("tiny"))).hasSizeGreaterThan(5).isEqualTo(tracked);
  }

  private void requireThatAServerThatRefusesIsDropped() throws IOException {
    List<String> remarks = new CopyOnWriteArrayList<>();
    try (FakeMlflow broken = FakeMlflow.start()) {
      broken.answer(500);
      TrackersConfig config =
          new TrackersConfig(
              Duration.ofMinutes(1),
              new TrackersConfig.TensorBoard(false, 0, false),
              new TrackersConfig.Mlflow(broken.uri(), "modelzoo"),
              new TrackersConfig.Webhook(false, Duration.ZERO));
      try (Trackers trackers = Trackers.of(config, new Configuration(), remarks::add)) {
        trackers.on(
            new RunEvent.Started(
                "zoo", output.resolve("tiny").toString(), ROUNDS, 0, OptionalLong.empty()));
      }
    }
    assertThat(remarks).hasSize(1).first().asString().contains("mlflow is dropped");
  }

  private static Console train(Path output, String uri, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.set.source.tasks-per-family=1",
                "training.evaluate-every=1",
                "trackers.tensorboard.enabled=true",
                "trackers.tensorboard.images-per-task=4",
                "trackers.mlflow.uri=\"" + uri + "\""));
    settings.addAll(List.of(more));
    return Console.run(TinyExperiment.arguments("train", output, settings.toArray(String[]::new)));
  }
}

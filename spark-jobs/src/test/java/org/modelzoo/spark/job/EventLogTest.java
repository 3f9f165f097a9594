package org.modelzoo.spark.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;
import org.modelzoo.training.MemberOutcome;

class EventLogTest {
  private static final int TASKS = 4;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path directory;

  @Test
  void everyRoundHasOneLineHoweverOftenTheRunWasStarted() throws IOException {
    InventingFarm failing =
        new InventingFarm(1, 1)
            .with(
                "round-002-member-00",
                new MemberOutcome.Failed(
                    ErrorKind.CLUSTER, "the disk is full; fs.s3a.secret.key=pl4nted", ""));
    assertThatThrownBy(() -> train(failing)).isInstanceOf(ModelZooException.class);
    assertThat(rounds()).containsExactly(0, 1);
    assertThat(log().read())
        .contains("\"message\":\"the disk is full; fs.s3a.secret.key=(hidden)\"")
        .doesNotContain("pl4nted")
        .contains("\"event\":\"failed\"");

    // As if the driver had been killed before it could write the last lines.
    Path part = directory.resolve("run/events/000001-000001.jsonl");
    List<String> lines = Files.readAllLines(part);
    Files.write(part, lines.stream().filter(line -> !line.contains("\"round\":1,")).toList());
    assertThat(rounds()).containsExactly(0);
    train(new InventingFarm(1, 1));
    assertThat(rounds()).containsExactly(0, 1, 2, 3);
    assertThat(events().get(0).path("format_version").asInt()).isEqualTo(1);
    assertThat(events().get(0).path("spark").asText()).startsWith("3.");
    assertThat(events()).extracting(event -> event.path("event").asText()).endsWith("finished");
    JsonNode last = events().get(events().size() - 2);
    assertThat(last.path("tasks")).hasSize(TASKS);
    assertThat(last.path("tasks").get(0).path("task").asText()).isEqualTo("family-1-task-1");

    // A finished run with a damaged round: what is said of it already stays.
    Files.delete(directory.resolve("run/rounds/round-003.json"));
    train(new InventingFarm(1, 1));
    assertThat(rounds()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void linesThatAreNoneOfOursAreDroppedAndTheOthersStayAsTheyAre() throws IOException {
    RunDirectory run = run();
    String known = "{\"event\":\"remark\",  \"message\":\"Bäume\"}";
    run.write("events.jsonl", ("half a li\n" + known).getBytes(UTF_8));
    try (RunLease lease = RunLease.take(run, remark -> {})) {
      EventLog log = EventLog.in(lease.fence(run));
      log.on(new RunEvent.Failed("zoo", "first"));
      log.on(new RunEvent.Failed("zoo", "second"));
    }
    assertThat(directory.resolve("run/events.jsonl")).doesNotExist();
    List<String> lines = log().read().lines().toList();
    assertThat(lines).hasSize(3).first().isEqualTo(known);
    assertThat(lines.get(1)).contains("\"message\":\"first\"");
    assertThat(lines.get(2)).contains("\"message\":\"second\"");
  }

  @Test
  void aMemberThatWasEvaluatedBetweenEpochsSaysTo() throws IOException {
    List<MemberFile.Evaluation> evaluations =
        List.of(new MemberFile.Evaluation(10, List.of(0.5, 0.25), List.of(0.75, 1.0)));
    try (RunLease lease = RunLease.take(run(), remark -> {})) {
      EventLog log = EventLog.in(lease.fence(run()));
      log.on(
          new RunEvent.MemberFinished(
              "zoo", "m", new MemberOutcome.Completed(List.of(), evaluations)));
      log.on(new RunEvent.Finished("zoo", "anywhere"));
    }
    assertThat(events().get(0).path("evaluations").toString())
        .isEqualTo("[{\"epoch\":10,\"losses\":[0.5,0.25],\"accuracies\":[0.75,1.0]}]");
  }

  @Test
  void aWriteThatFailsIsMadeUpForByTheNextOne() throws IOException {
    Path inTheWay = directory.resolve("run/events");
    try (RunLease lease = RunLease.take(run(), remark -> {})) {
      EventLog log = EventLog.in(lease.fence(run()));
      Files.writeString(inTheWay, "");
      log.on(new RunEvent.Failed("zoo", "first"));
      Files.delete(inTheWay);
      log.on(new RunEvent.Failed("zoo", "second"));
    }
    assertThat(events())
        .extracting(event -> event.path("message").asText())
        .containsExactly("first", "second");
  }

  @Test
  void aDriverThatLostItsRunWritesNoMore() throws IOException {
    RunDirectory run = run();
    RunLease lost = RunLease.take(run, remark -> {});
    lost.close();
    RunLease.take(run, remark -> {}).close();
    EventLog.in(lost.fence(run)).on(new RunEvent.Failed("zoo", "lost"));
    assertThat(log().read()).isEmpty();
  }

  private void train(InventingFarm farm) {
    LoadedConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "experiment.name=run",
                "data.set.name=invented",
                "data.set.source.format=synthetic",
                "data.set.source.families=1",
                "data.set.source.tasks-per-family=" + TASKS,
                "data.set.source.classes-per-task=2",
                "zoo.mode=continual",
                "zoo.members-per-round=1",
                "output.directory=\"" + directory + "\""));
    RunDirectory run = RunDirectories.of(config.values(), HADOOP);
    try (farm;
        RunLease lease = RunLease.take(run, remark -> {})) {
      new TrainJob(config, run, new CheckedData("data", List.of())).run(lease, farm, event -> {});
    }
  }

  private List<Integer> rounds() throws IOException {
    return events().stream()
        .filter(event -> event.path("event").asText().equals("round-committed"))
        .map(event -> event.path("round").asInt())
        .toList();
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : log().read().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  private LineLog log() {
    return LineLog.ofEvents(run());
  }

  private RunDirectory run() {
    return RunDirectory.at(directory.resolve("run").toString(), HADOOP);
  }
}

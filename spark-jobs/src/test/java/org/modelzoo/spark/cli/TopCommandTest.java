package org.modelzoo.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.progress.ProgressFile;
import org.modelzoo.spark.progress.ProgressModel;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

class TopCommandTest {
  @TempDir private Path directory;

  private final ProgressModel model = new ProgressModel();
  private RunDirectory run;

  @BeforeEach
  void aRunOfTwoRounds() {
    run = RunDirectory.at(directory.resolve("run").toString(), new Configuration());
    model.on(new RunEvent.Started("zoo", run.location(), 2, 1, OptionalLong.of(100)));
    model.on(
        new RunEvent.RoundStarted(
            "zoo", 1, 2, List.of(new RunEvent.PlannedMember("m", List.of("fish")))));
  }

  @Test
  void aRunAtWorkShowsItsMembersAndItsDriver() {
    try (RunLease lease = RunLease.take(run, remark -> {})) {
      lease.application("app-7");
      ProgressFile.of(model, run, remark -> {}).close();
      Console console = top();
      assertThat(console.exitCode()).as(console.err()).isZero();
      assertThat(console.out())
          .contains(run.location() + "\nthe driver works (host ", "application app-7")
          .containsPattern("zoo +1/2 +0 %")
          .contains("zoo m");
    }
  }

  @Test
  void aDriverThatEndedEarlyIsSaidToHave() {
    RunLease.take(run, remark -> {}).close();
    ProgressFile.of(model, run, remark -> {}).close();
    assertThat(top().out()).contains("the driver ended before the run; the same command");
  }

  @Test
  void aKilledDriverIsSeenOnItsMachineAndGrowsSilentElsewhere() throws IOException {
    RunLease.take(run, remark -> {}).close();
    ProgressFile.of(model, run, remark -> {}).close();
    Path lease = directory.resolve("run/lease/000001-000001.json");
    String here = Files.readString(lease).replace("\"released\" : true", "\"released\" : false");
    // No process has this number.
    String killed = here.replaceAll("\"pid\" : [0-9]+", "\"pid\" : " + Integer.MAX_VALUE);
    Files.writeString(lease, killed);
    assertThat(top().out()).contains("the driver was killed (host ", "process 2147483647");

    Files.writeString(
        lease,
        killed
            .replaceAll("\"machine\" : \"[^\"]*\"", "\"machine\" : \"another\"")
            .replaceAll("\"renewed\" : \"[^\"]*\"", "\"renewed\" : \"2020-01-01T00:00:00Z\""));
    assertThat(top().out()).contains("the driver gave no sign of life for ").contains("zoo m");
  }

  @Test
  void aFinishedRunEndsIt() {
    model.on(new RunEvent.Finished("zoo", run.location()));
    RunLease.take(run, remark -> {}).close();
    ProgressFile file = ProgressFile.of(model, run, remark -> {});
    file.allDone();
    file.close();
    Console console = Console.run(new String[] {"top"}, run.location());
    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).isEqualTo(run.location() + "\nfinished\n");
  }

  @Test
  void aRunWhoseProgressWasLostStillHasADriver() {
    try (RunLease lease = RunLease.take(run, remark -> {})) {
      lease.requireHeld();
      assertThat(top().out()).contains("the driver works");
    }
  }

  @Test
  void whatOthersWroteIsShownAndNotObeyed() throws IOException {
    RunLease.take(run, remark -> {}).close();
    ProgressFile.of(model, run, remark -> {}).close();
    Path progress = directory.resolve("run/progress.json");
    String written = Files.readString(progress);
    Files.writeString(progress, written.replace("\"zoo\"", "\"zoo\\u001b[2J\""));
    assertThat(top().out()).contains("zoo?[2J").doesNotContain("\u001b");
    Files.writeString(progress, written.replace("\"name\"", "\"no_name\""));
    Console damaged = top();
    assertThat(damaged.exitCode()).as(damaged.err()).isZero();
    assertThat(damaged.out()).contains("the driver ended").doesNotContain("zoo");
  }

  @Test
  void aDirectoryWithoutARunIsAUsageError() {
    Console console = Console.run(new String[] {"top"}, directory.resolve("nothing").toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("there is no run in", "nothing").doesNotContain("\tat ");
    assertThat(directory.resolve("nothing")).doesNotExist();
  }

  private Console top() {
    return Console.run(new String[] {"top", "--once"}, run.location());
  }
}

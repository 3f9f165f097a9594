package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;

class LineLogTest {
  @TempDir private Path directory;
  private RunDirectory run;

  @BeforeEach
  void directory() {
    run = RunDirectory.at(directory.toString(), new Configuration());
  }

  @Test
  void linesAreThereAsSoonAsTheyAreAddedAndStayInOrder() throws IOException {
    assertThat(LineLog.ofStudy(run).read()).isEmpty();
    String line = "x".repeat(1000) + " %d\n";
    try (RunLease lease = lease()) {
      LineLog log = opened(lease.fence(run));
      for (int i = 0; i < 200; i++) {
        log.add(line.formatted(i));
        assertThat(LineLog.ofStudy(run).read()).endsWith(line.formatted(i));
      }
    }
    String all = IntStream.range(0, 200).mapToObj(line::formatted).collect(Collectors.joining());
    assertThat(LineLog.ofStudy(run).read()).isEqualTo(all);
    assertThat(files()).as("some long parts, not a file a line").hasSizeBetween(4, 6);
  }

  @Test
  void linesThatAreAddedTogetherTakeOneWriteAndAreThereInOrder() throws IOException {
    try (RunLease lease = lease()) {
      LineLog log = opened(lease.fence(run));
      log.add("a\nb\n");
      log.add("c\n".repeat(1 << 15));
      log.add("d\n");
    }
    assertThat(files())
        .containsExactly("000001-000000.jsonl", "000001-000001.jsonl", "000001-000002.jsonl");
    assertThat(LineLog.ofStudy(run).read()).startsWith("a\nb\nc\n").endsWith("c\nd\n");
    long lines = LineLog.ofStudy(run).read(text -> new BufferedReader(text).lines().count());
    assertThat(lines).isEqualTo(3 + (1 << 15));
  }

  @Test
  void whatCouldNotBeWrittenIsNotAdded() throws IOException {
    try (RunLease lease = lease()) {
      LineLog log = opened(lease.fence(run));
      log.add("a\n");
      Path part = directory.resolve("log/000001-000001.jsonl");
      Files.delete(part);
      Files.createDirectories(part.resolve("in the way"));
      assertThatThrownBy(() -> log.add("b\n")).isInstanceOf(ModelZooException.class);
      Files.delete(part.resolve("in the way"));
      Files.delete(part);
      log.add("c\n");
    }
    assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nc\n");
  }

  @Test
  void theFileOfAnOlderProgramIsReadAndBecomesTheFirstPart() throws IOException {
    Path former = directory.resolve("events.jsonl");
    Files.writeString(former, "a\nhalf a li\nb\nno line feed");
    assertThat(LineLog.ofEvents(run).read()).isEqualTo("a\nhalf a li\nb\nno line feed");
    try (RunLease lease = lease()) {
      LineLog log = LineLog.ofEvents(lease.fence(run));
      log.open(line -> !line.startsWith("half"));
      assertThat(former).doesNotExist();
      log.add("c\n");
      assertThat(LineLog.ofEvents(run).read()).isEqualTo("a\nb\nno line feed\nc\n");

      // As if the driver had been killed before it could delete the file.
      Files.writeString(former, "a\nb\n");
      assertThat(LineLog.ofEvents(run).read()).isEqualTo("a\nb\nno line feed\nc\n");
      LineLog.ofEvents(lease.fence(run)).open();
    }
    assertThat(former).doesNotExist();
    assertThat(LineLog.ofEvents(run).read()).isEqualTo("a\nb\nno line feed\nc\n");
  }

  @Test
  void aHistoryThatLostAPartIsReadWithoutIt() throws IOException {
    try (RunLease lease = lease()) {
      LineLog log = LineLog.ofEvents(lease.fence(run));
      log.open();
      log.add("a\n".repeat(1 << 15));
      log.add("b\n");
      Files.delete(directory.resolve("events/000001-000001.jsonl"));
      assertThat(LineLog.ofEvents(run).read()).isEqualTo("b\n");
      LineLog.ofEvents(lease.fence(run)).open();
    }
    assertThat(LineLog.ofEvents(run).read()).isEqualTo("b\n");
  }

  @Test
  void openingPutsAllThatIsThereTogether() throws IOException {
    try (RunLease lease = lease()) {
      for (String line : new String[] {"a\n", "b\n", "c\n"}) {
        opened(lease.fence(run)).add(line);
      }
      opened(lease.fence(run));
    }
    assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nb\nc\n");
    assertThat(files()).containsExactly("000004-000000.jsonl");
  }

  @Test
  void whatADriverAddsThatWasBelievedDeadIsNotRead() throws IOException {
    try (RunLease lease = lease()) {
      LineLog old = opened(lease.fence(run));
      old.add("a\n");
      LineLog young = opened(lease.fence(run));
      old.add("lost\n");
      young.add("b\n");
      assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nb\n");
      opened(lease.fence(run));
    }
    assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nb\n");
    assertThat(files()).hasSize(1);
  }

  @Test
  void aDriverThatLostItsLeaseLeavesTheLogOfItsSuccessorAlone() throws IOException {
    RunLease lost = lease();
    RunDirectory held = lost.fence(run);
    LineLog old = opened(held);
    old.add("a\n");
    try (RunLease lease = takenOver()) {
      LineLog young = opened(lease.fence(run));
      young.add("b\n");
      // Finding itself alive again anywhere: at a line, or where it opened the log.
      assertThatThrownBy(() -> old.add("lost\n")).hasMessageContaining("took over the run");
      assertThatThrownBy(() -> opened(held)).hasMessageContaining("took over the run");
      young.add("c\n");
    }
    assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\nb\nc\n");
    assertThat(files()).containsExactly("000002-000000.jsonl", "000002-000001.jsonl");
  }

  @Test
  void openingDeletesOlderGenerationsOnly() throws IOException {
    try (RunLease lease = lease()) {
      opened(lease.fence(run)).add("a\n");
    }
    Files.move(
        directory.resolve("log/000001-000001.jsonl"), directory.resolve("log/000001-000001.x"));
    Files.writeString(directory.resolve("log/000009-000000.jsonl"), "newer\n");
    try (RunLease lease = lease()) {
      opened(lease.fence(run));
    }
    assertThat(files()).containsExactly("000001-000001.x", "000010-000000.jsonl");
  }

  private RunLease takenOver() {
    return RunLease.take(
        run,
        new DriverProcess("b", "machine of b", 1, ""),
        new RunLease.Pace(Duration.ofHours(1), Duration.ZERO),
        remark -> {});
  }

  @Test
  void itIsFoundWhereDigitsLookOtherwise() {
    Locale before = Locale.getDefault();
    try (RunLease lease = lease()) {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat("%d".formatted(1)).isEqualTo("\u0661");
      opened(lease.fence(run)).add("a\n");
      assertThat(LineLog.ofStudy(run).read()).isEqualTo("a\n");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aLogThatLostItsMiddleIsAnErrorAndStaysAsItIs() throws IOException {
    try (RunLease lease = lease()) {
      LineLog log = opened(lease.fence(run));
      for (int i = 0; i < 200; i++) {
        log.add("x".repeat(1000) + "\n");
      }
    }
    Files.delete(directory.resolve("log/000001-000002.jsonl"));
    List<String> left = files();
    try (RunLease lease = lease()) {
      assertThatThrownBy(() -> opened(lease.fence(run)))
          .matches(StoreFixtures::isDataError)
          .hasMessageContaining("000001-000002.jsonl is missing; put back a copy");
    }
    assertThat(files()).isEqualTo(left);
  }

  @Test
  void aMissingPartIsAnError() throws IOException {
    try (RunLease lease = lease()) {
      opened(lease.fence(run)).add("a\n");
    }
    Files.delete(directory.resolve("log/000001-000000.jsonl"));
    assertThatThrownBy(() -> LineLog.ofStudy(run).read())
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("000001-000000.jsonl is missing");
  }

  private static LineLog opened(RunDirectory held) {
    LineLog log = LineLog.ofStudy(held);
    log.open();
    return log;
  }

  private RunLease lease() {
    // Of another machine: this process would be seen to live.
    return RunLease.take(
        run, new DriverProcess("a", "machine of a", 1, ""), RunLease.Pace.USUAL, remark -> {});
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("log"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

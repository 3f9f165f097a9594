package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThat(LineLog.read(run)).isEmpty();
    String line = "x".repeat(1000) + " %d\n";
    try (RunLease lease = lease()) {
      LineLog log = LineLog.open(lease.fence(run));
      for (int i = 0; i < 200; i++) {
        log.add(line.formatted(i));
        assertThat(LineLog.read(run)).endsWith(line.formatted(i));
      }
    }
    String all = IntStream.range(0, 200).mapToObj(line::formatted).collect(Collectors.joining());
    assertThat(LineLog.read(run)).isEqualTo(all);
    assertThat(files()).as("some long parts, not a file a line").hasSizeBetween(4, 6);
  }

  @Test
  void openingPutsAllThatIsThereTogether() throws IOException {
    try (RunLease lease = lease()) {
      for (String line : new String[] {"a\n", "b\n", "c\n"}) {
        LineLog.open(lease.fence(run)).add(line);
      }
      LineLog.open(lease.fence(run));
    }
    assertThat(LineLog.read(run)).isEqualTo("a\nb\nc\n");
    assertThat(files()).containsExactly("000004-000000.jsonl");
  }

  @Test
  void whatADriverAddsThatWasBelievedDeadIsNotRead() throws IOException {
    try (RunLease lease = lease()) {
      LineLog old = LineLog.open(lease.fence(run));
      old.add("a\n");
      LineLog young = LineLog.open(lease.fence(run));
      old.add("lost\n");
      young.add("b\n");
      assertThat(LineLog.read(run)).isEqualTo("a\nb\n");
      LineLog.open(lease.fence(run));
    }
    assertThat(LineLog.read(run)).isEqualTo("a\nb\n");
    assertThat(files()).hasSize(1);
  }

  @Test
  void aDriverThatLostItsLeaseLeavesTheLogOfItsSuccessorAlone() throws IOException {
    RunLease lost = lease();
    RunDirectory held = lost.fence(run);
    LineLog old = LineLog.open(held);
    old.add("a\n");
    try (RunLease lease = takenOver()) {
      LineLog young = LineLog.open(lease.fence(run));
      young.add("b\n");
      // Finding itself alive again anywhere: at a line, or where it opened the log.
      assertThatThrownBy(() -> old.add("lost\n")).hasMessageContaining("took over the run");
      assertThatThrownBy(() -> LineLog.open(held)).hasMessageContaining("took over the run");
      young.add("c\n");
    }
    assertThat(LineLog.read(run)).isEqualTo("a\nb\nc\n");
    assertThat(files()).containsExactly("000002-000000.jsonl", "000002-000001.jsonl");
  }

  @Test
  void openingDeletesOlderGenerationsOnly() throws IOException {
    try (RunLease lease = lease()) {
      LineLog.open(lease.fence(run)).add("a\n");
    }
    Files.move(
        directory.resolve("log/000001-000001.jsonl"), directory.resolve("log/000001-000001.x"));
    Files.writeString(directory.resolve("log/000009-000000.jsonl"), "newer\n");
    try (RunLease lease = lease()) {
      LineLog.open(lease.fence(run));
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
      LineLog.open(lease.fence(run)).add("a\n");
      assertThat(LineLog.read(run)).isEqualTo("a\n");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aLogThatLostItsMiddleIsAnErrorAndStaysAsItIs() throws IOException {
    try (RunLease lease = lease()) {
      LineLog log = LineLog.open(lease.fence(run));
      for (int i = 0; i < 200; i++) {
        log.add("x".repeat(1000) + "\n");
      }
    }
    Files.delete(directory.resolve("log/000001-000002.jsonl"));
    List<String> left = files();
    try (RunLease lease = lease()) {
      assertThatThrownBy(() -> LineLog.open(lease.fence(run)))
          .matches(StoreFixtures::isDataError)
          .hasMessageContaining("000001-000002.jsonl is missing; put back a copy");
    }
    assertThat(files()).isEqualTo(left);
  }

  @Test
  void aMissingPartIsAnError() throws IOException {
    try (RunLease lease = lease()) {
      LineLog.open(lease.fence(run)).add("a\n");
    }
    Files.delete(directory.resolve("log/000001-000000.jsonl"));
    assertThatThrownBy(() -> LineLog.read(run))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("000001-000000.jsonl is missing");
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

package org.modelzoo.board.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.Entry;
import org.modelzoo.board.EntryKind;
import org.modelzoo.board.EntryState;
import org.modelzoo.board.Filter;
import org.modelzoo.board.Order;
import org.modelzoo.report.live.Snapshot;
import org.modelzoo.report.run.RunFixture;
import org.modelzoo.store.Json;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

@Timeout(300)
class BoardRootTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private final BoardIndex index = new BoardIndex();
  private final List<BoardRoot> roots = new ArrayList<>();

  @AfterEach
  void close() {
    roots.forEach(BoardRoot::close);
  }

  @Test
  void aFinishedRunHasItsNumbers() throws Exception {
    RunFixture.finished(directory.resolve("deep/er/digits"));
    start();
    Entry run = await("digits", entry -> entry.state() == EntryState.FINISHED);
    assertThat(run.kind()).isEqualTo(EntryKind.RUN);
    assertThat(run.subject().method()).isEqualTo("zoo");
    assertThat(run.subject().data()).isEqualTo("letters");
    assertThat(run.subject().device()).isEqualTo("cpu");
    assertThat(run.subject().seed()).isEqualTo(7);
    assertThat(run.advance()).isEqualTo(new Entry.Advance(2, 2, "rounds", null));
    assertThat(run.results().accuracy()).isEqualTo(.65);
    assertThat(run.results().trend()).containsExactly(.625, .6458333333333334);
    assertThat(run.results().forgetting()).isEqualTo(.02);
    assertThat(run.path()).isEqualTo(directory.resolve("deep/er/digits").toString());
    assertThat(run.owner()).isNotEmpty();
    assertThat(run.started()).isEqualTo(1735689600000L);
  }

  @Test
  void nothingIsWritten() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    List<String> before = tree();
    start();
    await("run", entry -> true);
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aRunMovesOnIsKilledAndIsContinued() throws Exception {
    RunFixture fixture = RunFixture.twoRounds(directory.resolve("run"));
    start();
    await("run", entry -> entry.state() == EntryState.WAITING && entry.advance().done() == 2);

    RunLease lease = RunLease.take(fixture.directory, remark -> {});
    progress(fixture.directory, false);
    Entry running = await("run", entry -> entry.state() == EntryState.RUNNING);
    assertThat(running.reason()).contains("the driver works");
    assertThat(running.advance().eta()).isEqualTo(60);
    assertThat(running.results().imagesPerSecond()).isEqualTo(500);
    assertThat(running.results().accuracy()).isEqualTo(.6458333333333334);
    lease.close();
    await(
        "run",
        entry -> entry.state() == EntryState.WAITING && entry.reason().contains("driver ended"));

    kill(directory.resolve("run"));
    Entry killed = await("run", entry -> entry.state() == EntryState.KILLED);
    assertThat(killed.reason()).contains("killed", "the same command continues");

    fixture.directory.files().delete(fixture.directory.path("lease"));
    fixture.directory.write("summary.json", Files.readAllBytes(finishedElsewhere()));
    progress(fixture.directory, true);
    await("run", entry -> entry.state() == EntryState.FINISHED);
  }

  @Test
  void whatFailsSaysWhy() throws Exception {
    RunFixture fixture = RunFixture.twoRounds(directory.resolve("run"));
    RunLease.take(fixture.directory, remark -> {}).close();
    Files.createDirectories(directory.resolve("run/events"));
    Files.writeString(
        directory.resolve("run/events/000001-000000.jsonl"),
        "{\"event\":\"started\"}\n{\"event\":\"failed\",\"message\":\"<b>no</b> room\"}\n");
    start();
    assertThat(await("run", entry -> entry.state() == EntryState.FAILED).reason())
        .isEqualTo("<b>no</b> room");
  }

  @Test
  void damagedHalfWrittenAndNewerFilesAreNamed() throws Exception {
    for (String name : List.of("damaged", "half", "newer", "config", "round")) {
      RunFixture.finished(directory.resolve(name));
    }
    Files.writeString(directory.resolve("damaged/run.json"), "{}");
    Path half = directory.resolve("half/summary.json");
    Files.writeString(half, Files.readString(half).substring(0, 100));
    Files.writeString(directory.resolve("newer/summary.json"), "{\"format_version\": 99}");
    Files.writeString(directory.resolve("config/config.conf"), "include \"/etc/passwd\"");
    Files.delete(directory.resolve("round/summary.json"));
    Files.writeString(directory.resolve("round/rounds/round-001.json"), "{\"round\": 1");
    start();
    for (String name : List.of("damaged", "half", "newer", "config", "round")) {
      Entry entry = await(name, it -> it.state() == EntryState.DAMAGED);
      assertThat(entry.reason()).as(name).isNotBlank();
    }
    assertThat(find("newer").reason()).contains("summary.json", "99");
    assertThat(find("config").reason()).contains("config.conf", "includes");

    Files.writeString(half, Files.readString(finishedElsewhere()));
    await("half", entry -> entry.state() == EntryState.FINISHED);
  }

  @Test
  void aRootMayAppearAndVanish() throws Exception {
    Path root = directory.resolve("later");
    BoardRoot later = start(root.toString(), new Configuration());
    assertThat(later.awaitFirstLook(SOON)).isTrue();
    assertThat(later.state().state()).isEqualTo(RootState.Kind.MISSING);
    RunFixture.finished(root.resolve("run"));
    await("run", entry -> true);
    delete(root);
    awaitGone("run");
    assertThat(later.state().state()).isEqualTo(RootState.Kind.MISSING);
  }

  @Test
  void namesAreTextWhateverIsInThem() throws Exception {
    String hostile = "<img src=x onerror=alert(1)> \"quoted' & %2e%2e %s";
    RunFixture.finished(directory.resolve("plain"));
    Files.move(directory.resolve("plain"), directory.resolve(hostile));
    start();
    assertThat(await(hostile, entry -> true).id()).matches("[0-9a-f]{20}");
  }

  @Test
  void baselinesBelongToTheirRun() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    RunFixture.finished(directory.resolve("run/baselines/replay"));
    start();
    Entry run = await("run", entry -> entry.children() == 1);
    Entry baseline = find("replay");
    assertThat(baseline.kind()).isEqualTo(EntryKind.BASELINE);
    assertThat(baseline.parent()).isEqualTo(run.id());
  }

  @Test
  void finishedWorkIsLookedAtAgainWhenItChanges() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    start();
    await("run", entry -> entry.state() == EntryState.FINISHED);
    Thread.sleep(4000); // Until its directory's time is old enough to be believed.
    Path elsewhere = directory.resolve(".replay"); // Made there: a driver is not that slow.
    RunFixture.finished(elsewhere);
    Path baselines = Files.createDirectory(directory.resolve("run/baselines"));
    Files.move(elsewhere, baselines.resolve("replay"));
    await("run", entry -> entry.children() == 1);
  }

  @Test
  void aHugeLogIsReadAtItsEndOnly() throws Exception {
    RunFixture fixture = RunFixture.finished(directory.resolve("run"));
    Files.createDirectories(directory.resolve("run/events"));
    Path log = directory.resolve("run/events/000001-000000.jsonl");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(1L << 30);
      file.seek(1L << 30);
      file.writeBytes(
          "\n{\"event\":\"a\",\"n\":1}\nhalf\n{\"event\":\"b\",\"n\":2}\n{\"event\":\"c\"");
    }
    long started = System.nanoTime();
    EventTail.Events last = EventTail.read(fixture.directory, 0, 1);
    assertThat(last.events()).extracting(it -> it.path("event").asText()).containsExactly("b");
    assertThat(last.next()).isEqualTo(1);
    EventTail.Events before = EventTail.read(fixture.directory, 1, 10);
    assertThat(before.events()).extracting(it -> it.path("event").asText()).containsExactly("a");
    assertThat(before.next()).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void aFileTooLargeForItsKindIsNotRead() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("run/progress.json").toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    start();
    assertThat(await("run", entry -> entry.state() == EntryState.DAMAGED).reason())
        .contains("progress.json", "was not read");
  }

  @Test
  void aStoreThatHangsOrIsOutOfOrderHoldsUpNobodyElse() throws Exception {
    RunFixture.finished(directory.resolve("run"));
    Configuration hadoop = SickFileSystem.configuration();
    BoardRoot hanging = start("hangs://store/runs", hadoop);
    BoardRoot broken = start("broken://store/runs", hadoop);
    start();
    await("run", entry -> entry.state() == EntryState.FINISHED);
    assertThat(broken.awaitFirstLook(SOON)).isTrue();
    assertThat(broken.state().state()).isEqualTo(RootState.Kind.UNREACHABLE);
    assertThat(broken.state().message()).contains("503 Slow Down");
    assertThat(hanging.awaitFirstLook(Duration.ofMillis(1))).isFalse();
    Thread.sleep(10_500);
    assertThat(hanging.state().state()).isEqualTo(RootState.Kind.SLOW);
    assertThat(hanging.state().message()).contains("no answer for");
  }

  @Test
  void whatIsAskedOfAStoreThatHangsEnds() {
    BoardRoot root = start();
    assertThatThrownBy(
            () ->
                root.read(
                    () -> {
                      Thread.sleep(60_000);
                      return 1;
                    },
                    Duration.ofMillis(200)))
        .isInstanceOf(ModelZooException.class)
        .hasMessageContaining("doesn't answer");
  }

  private BoardRoot start() {
    return start(directory.toString(), new Configuration());
  }

  private BoardRoot start(String root, Configuration hadoop) {
    BoardRoot started = BoardRoot.start(root, hadoop, index);
    roots.add(started);
    return started;
  }

  private Entry find(String name) {
    return index.page(Filter.of(""), Order.of("path"), 0, 100).entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private Entry await(String name, Predicate<Entry> until) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    Entry entry = find(name);
    while (entry == null || !until.test(entry)) {
      assertThat(System.nanoTime()).as("%s is %s", name, entry).isLessThan(deadline);
      Thread.sleep(50);
      entry = find(name);
    }
    return entry;
  }

  private void awaitGone(String name) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (find(name) != null) {
      assertThat(System.nanoTime()).as(name).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /** A summary as a driver leaves it. */
  private Path finishedElsewhere() throws IOException {
    Path elsewhere = Files.createTempDirectory(directory.getParent(), "elsewhere");
    RunFixture.finished(elsewhere);
    return elsewhere.resolve("summary.json");
  }

  private static void progress(RunDirectory run, boolean done) {
    Snapshot snapshot =
        new Snapshot(
            Snapshot.FORMAT_VERSION,
            "2025-01-01T00:00:00Z",
            done,
            30,
            60L,
            List.of(new Snapshot.Run("zoo", 3, 2, 10, 20L, .6)),
            0,
            List.of(
                new Snapshot.Member(
                    "zoo",
                    "round-002-member-00",
                    List.of("birds"),
                    new Snapshot.Training(1, 3, 5, 10, .5, .5, 500.0, "local", "cpu"))),
            List.of());
    run.write(Snapshot.NAME, Json.write(snapshot));
  }

  /** Makes it look as if the lease's driver had been killed on this machine. */
  private static void kill(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("lease"))) {
      for (Path file : files.toList()) {
        Files.writeString(
            file,
            Files.readString(file)
                .replace("\"released\" : true", "\"released\" : false")
                .replaceAll("\"pid\" : [0-9]+", "\"pid\" : " + Integer.MAX_VALUE));
      }
    }
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

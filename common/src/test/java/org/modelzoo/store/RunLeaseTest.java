package org.modelzoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelzoo.store.StoreFixtures.filesBelow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.RunLease.Pace;

class RunLeaseTest {
  /** Beats often, and is never stale within a test. */
  private static final Pace LIVELY = new Pace(Duration.ofMillis(20), Duration.ofMinutes(1));

  /** Never beats within a test. */
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir private Path directory;
  private RunDirectory run;

  @BeforeEach
  void open() {
    run = StoreFixtures.run(directory.resolve("run"));
  }

  @Test
  void aSecondDriverIsRefusedAtOnceAndTheFirstGoesOn() {
    try (RunLease first = RunLease.take(run, RunLeaseTest::unheard)) {
      first.application("app-7");

      assertThatThrownBy(() -> RunLease.take(run, RunLeaseTest::unheard))
          .matches(StoreFixtures::isClusterError)
          .hasMessageStartingWith("another driver works on the run in " + run.location())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("application app-7, since 20")
          .hasMessageContaining("--fresh");

      assertThatCode(first::requireHeld).doesNotThrowAnyException();
    }
  }

  @Test
  void itIsFreeOnceTheDriverHasEndedItsWork() throws IOException {
    RunLease.take(run, elsewhere("a"), LIVELY, RunLeaseTest::unheard).close();
    RunLease.take(run, elsewhere("b"), LIVELY, RunLeaseTest::unheard).close();
    List<String> remarks = new ArrayList<>();
    RunLease.take(run, remarks::add).close();

    assertThat(remarks).isEmpty();
    assertThat(filesBelow(directory))
        .containsExactly("run/lease/000003-000001.json", "run/lease/000003.json");
    assertThat(Files.readString(directory.resolve("run/lease/000003-000001.json")))
        .contains("\"released\" : true");
  }

  @Test
  void aKilledDriverOfThisMachineIsFollowedAtOnce() throws Exception {
    Process process = new ProcessBuilder("true").start();
    DriverProcess here = DriverProcess.here();
    process.waitFor();
    leave(new DriverProcess(here.host(), here.machine(), process.pid(), here.started()));
    List<String> remarks = new ArrayList<>();

    RunLease.take(run, remarks::add).close();

    assertThat(remarks)
        .singleElement()
        .asString()
        .contains("takes over the run", "process " + process.pid(), "was killed");
  }

  @Test
  void aLeaseOfAnotherMachineThatIsNotRenewedIsFollowedAtOnce() throws IOException {
    leave(elsewhere("a"));
    Files.setLastModifiedTime(
        directory.resolve("run/lease/000001.json"),
        FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    List<String> remarks = new ArrayList<>();

    RunLease.take(run, remarks::add).close();

    assertThat(remarks)
        .singleElement()
        .asString()
        .contains("takes over the run", "host a", "no sign of life for 30 s");
  }

  @Test
  void aDriverThatWasJustKilledOnAnotherMachineIsWaitedForAndFollowed() throws IOException {
    leave(elsewhere("a"));
    List<String> remarks = new ArrayList<>();

    RunLease.take(run, DriverProcess.here(), new Pace(NEVER, Duration.ofMillis(600)), remarks::add)
        .close();

    assertThat(remarks).first().asString().contains("waits for its sign of life");
    assertThat(remarks).last().asString().contains("takes over the run");
  }

  @Test
  void aLivingDriverOfAnotherMachineIsFoundOutByItsNextBeat() {
    try (RunLease other = RunLease.take(run, elsewhere("a"), LIVELY, RunLeaseTest::unheard)) {
      assertThatThrownBy(
              () -> RunLease.take(run, DriverProcess.here(), LIVELY, RunLeaseTest::unheard))
          .matches(StoreFixtures::isClusterError)
          .hasMessageContaining("host a, process 1");

      assertThatCode(other::requireHeld).doesNotThrowAnyException();
    }
  }

  @Test
  void anotherProcessWithTheNumberOfTheKilledOneDoesNotCountAsItself() throws IOException {
    DriverProcess here = DriverProcess.here();
    leave(new DriverProcess(here.host(), here.machine(), here.pid(), Instant.EPOCH.toString()));

    RunLease.take(run, here, new Pace(NEVER, Duration.ofMillis(600)), RunLeaseTest::unheard)
        .close();

    assertThat(filesBelow(directory))
        .containsExactly("run/lease/000002-000001.json", "run/lease/000002.json");
  }

  @Test
  void aDriverThatWasBelievedDeadStopsAtItsNextCommit() throws IOException {
    RunLease first =
        RunLease.take(run, elsewhere("a"), new Pace(NEVER, NEVER), RunLeaseTest::unheard);
    try (RunLease second =
        RunLease.take(run, elsewhere("b"), new Pace(NEVER, Duration.ZERO), RunLeaseTest::unheard)) {
      assertThatThrownBy(first::requireHeld)
          .matches(StoreFixtures::isClusterError)
          .hasMessageContaining("another driver took over the run in " + run.location());
      first.application("app-1");
      first.close();

      assertThatCode(second::requireHeld).doesNotThrowAnyException();
      assertThat(filesBelow(directory)).containsExactly("run/lease/000002.json");
      assertThat(Files.readString(directory.resolve("run/lease/000002.json")))
          .contains("\"released\" : false", "\"host\" : \"b\"");
    }
  }

  @Test
  void aLeaseThatWasNeverWrittenToItsEndIsFollowed() throws IOException {
    Files.createDirectories(directory.resolve("run/lease"));
    Files.writeString(directory.resolve("run/lease/000004.json"), "");
    Files.writeString(directory.resolve("run/lease/.tmp-000004.json-x"), "{");

    RunLease.take(
            run, elsewhere("a"), new Pace(NEVER, Duration.ofMillis(600)), RunLeaseTest::unheard)
        .close();

    assertThat(filesBelow(directory))
        .containsExactly("run/lease/000005-000001.json", "run/lease/000005.json");
  }

  @Test
  void theLeaseIsNeverOutOfSightWhileItIsRenewed() throws Exception {
    LeaseStore leases = new LeaseStore(run);
    try (RunLease lease =
        RunLease.take(
            run,
            elsewhere("a"),
            new Pace(Duration.ofMillis(50), Duration.ofHours(1)),
            RunLeaseTest::unheard)) {
      for (long beats = 0; beats < 10; ) {
        assertThat(leases.newest()).isEqualTo(1);
        long found = leases.read(1).orElseThrow().beats();
        assertThat(found).as("no look finds an older sign of life").isGreaterThanOrEqualTo(beats);
        beats = found;
      }
      lease.requireHeld();
    }
  }

  @Test
  void aLeaseOfANewerProgramIsRefusedInWords() throws IOException {
    Files.createDirectories(directory.resolve("run/lease"));
    Files.writeString(
        directory.resolve("run/lease/000001.json"), "{\"format_version\": 3, \"holder\": 7}");

    assertThatThrownBy(() -> RunLease.take(run, RunLeaseTest::unheard))
        .matches(StoreFixtures::isDataError)
        .hasMessageContaining("000001.json has format version 3")
        .hasMessageContaining("use the program that wrote it, or a newer one");
    assertThat(filesBelow(directory)).containsExactly("run/lease/000001.json");
  }

  @Test
  void aLeaseOfAnOlderProgramIsFollowed() throws IOException {
    Files.createDirectories(directory.resolve("run/lease"));
    Files.writeString(
        directory.resolve("run/lease/000007.json"),
        """
        {"format_version": 1, "driver": {"host": "a", "machine": "m", "pid": 1, "started": ""},
         "application": "", "since": "2026-01-02T03:04:05Z", "renewed": "2026-01-02T03:04:05Z",
         "beats": 3, "released": true}
        """);

    RunLease.take(run, RunLeaseTest::unheard).close();

    assertThat(filesBelow(directory)).contains("run/lease/000008.json").hasSize(2);
  }

  @Test
  void aDriverThatLostItsLeaseChangesNothingAnyMore() throws IOException {
    RunLease lost =
        RunLease.take(run, elsewhere("a"), new Pace(NEVER, NEVER), RunLeaseTest::unheard);
    RunDirectory old = lost.fence(run);
    old.write("state.json", new byte[] {1});
    try (RunLease next =
        RunLease.take(run, elsewhere("b"), new Pace(NEVER, Duration.ZERO), RunLeaseTest::unheard)) {
      next.fence(run).write("state.json", new byte[] {2});

      assertThatThrownBy(() -> old.write("state.json", new byte[] {1}))
          .matches(StoreFixtures::isClusterError)
          .hasMessageContaining("another driver took over the run");
      assertThatThrownBy(() -> old.inside("baseline").write("state.json", new byte[] {1}))
          .hasMessageContaining("another driver took over the run");
      assertThatThrownBy(old::deleteCheckpoints)
          .hasMessageContaining("another driver took over the run");
    }
    assertThat(Files.readAllBytes(directory.resolve("run/state.json"))).containsExactly(2);
    assertThat(directory.resolve("run/baseline")).isEmptyDirectory();
  }

  @Test
  void ofManyThatFollowAKilledDriverOneGetsTheRun() throws Exception {
    leave(elsewhere("dead"));
    Files.setLastModifiedTime(
        directory.resolve("run/lease/000001.json"), FileTime.from(Instant.EPOCH));
    ExecutorService drivers = Executors.newFixedThreadPool(8);
    List<RunLease> holders = new ArrayList<>();
    try {
      List<Future<RunLease>> attempts =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      drivers.submit(
                          () ->
                              RunLease.take(
                                  run, elsewhere("host-" + i), LIVELY, RunLeaseTest::unheard)))
              .toList();
      int refused = 0;
      for (Future<RunLease> attempt : attempts) {
        try {
          holders.add(attempt.get());
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(ModelZooException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(7);
      assertThat(holders).hasSize(1).allSatisfy(RunLease::requireHeld);
    } finally {
      holders.forEach(RunLease::close);
      drivers.shutdownNow();
    }
  }

  private static void unheard(String remark) {}

  /** A lease as a driver leaves it that is killed. */
  private void leave(DriverProcess driver) throws IOException {
    new LeaseStore(run).create(1, LeaseFile.of(driver, "2026-01-02T03:04:05Z"));
  }

  private static DriverProcess elsewhere(String host) {
    return new DriverProcess(host, "machine of " + host, 1, "2026-01-02T03:04:05Z");
  }
}

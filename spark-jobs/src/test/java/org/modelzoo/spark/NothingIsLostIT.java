package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.CREATE;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.LOOK;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.RENAME;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.cli.Console;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.faults.Signals;

/**
 * The fault harness: injects faults into a small run on a real cluster and compares what comes out,
 * to the bit, with a run that nothing disturbed, in one process. Prints the first table of
 * docs/reliability.md and writes it to target/reliability.md; the second one is that of {@link
 * DamagedFilesTest}.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NothingIsLostIT {
  private static final Path PAGE = Path.of("../docs/reliability.md");
  private static final FaultTable TABLE = new FaultTable();

  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    cluster = StandaloneCluster.start(directory, 2);
    FaultyRun undisturbed = run("undisturbed");
    assertExit(0, undisturbed.finishHere("local[1]"));
    expected = undisturbed.results();
    assertThat(expected).containsKeys("summary.json", "rounds/round-003.json");
    assertThat(expected).containsKey("members/round-003-member-01/model.zip!coefficients.bin");
  }

  @AfterEach
  void tidyUp() throws IOException {
    cluster.tidyUp();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void aDriverKilledInEveryPhaseOfARound() throws Exception {
    FaultyRun run = run("driver");
    Path checkpoints = run.run().resolve("checkpoints");
    killDriver(run, run.disk().pauseAt(LOOK, "/rounds/round-001\\.json"));
    // The round's other member is held too: it must be there for the fourth command.
    String other = "/\\.tmp-round-001-member-01-model\\.zip-.*";
    killDriver(
        run,
        run.disk().pauseAt(RENAME, "/checkpoints/round-001-member-00\\.bin"),
        run.disk().pauseAt(CREATE, other));
    killDriver(
        run,
        run.disk().pauseAt(CREATE, "/\\.tmp-round-001-member-00-predictions\\.bin-.*"),
        run.disk().pauseAt(CREATE, other));
    FaultyRun.damage(checkpoints.resolve("round-001-member-00.bin"), FaultyRun::flipped);
    Launcher.Result fourth =
        killDriver(run, run.disk().pauseAt(RENAME, "/members/round-001-member-01/outcome\\.json"));
    FaultyRun.damage(checkpoints.resolve("round-001-member-01.bin"), FaultyRun::truncated);
    Launcher.Result fifth = killDriver(run, run.disk().pauseAt(RENAME, "/rounds/round-001\\.json"));
    assertThat(run.run().resolve("rounds/round-000.json")).exists();
    assertThat(run.run().resolve("rounds/round-001.json")).doesNotExist();
    Launcher.Result sixth = killDriver(run, run.disk().pauseAt(RENAME, "/summary\\.json"));
    assertThat(sixth.err()).contains("continues after round 1 of 4");
    assertThat(run.run().resolve("rounds/round-003.json")).exists();
    assertThat(run.run().resolve("summary.json")).doesNotExist();
    Launcher.Result last = run.finish();
    assertExit(0, last);
    assertThat(last.err()).contains("takes over the run", "that was killed");

    boolean equal = isEqual(run);
    String killed = "`kill -9` of the driver, held at ";
    String next =
        "the next command takes the run over and continues after the last committed round";
    String[] phases = {
      "sampling a round | its look at the new round's file",
      "training | the renaming of a checkpoint",
      "writing a member | the creation of its predictions, the model written",
      "committing a member | the renaming of its outcome",
      "committing a round | the renaming of the round's file",
      "ending the run | the renaming of the summary"
    };
    for (int i = 0; i < phases.length; i++) {
      String[] phase = phases[i].split(" \\| ", 2);
      add("a" + i, "driver killed: " + phase[0], killed + phase[1], next, run, equal);
    }
    assertThat(fourth.err() + fifth.err()).contains("continues after round 1 of 4");
    String checkpoint = "the member's training starts again from its first epoch";
    String during = ", between the commands above";
    add("e7", "flipped bit: checkpoint", "by hand" + during, checkpoint, run, equal);
    add("f7", "truncated: checkpoint", "by hand" + during, checkpoint, run, equal);
  }

  @Test
  @Order(2)
  void executorsAndWorkersKilledInTheMiddleOfAMember() throws Exception {
    FaultyRun run = run("executors");
    String second = "/checkpoints/round-001-member-00\\.bin";
    FaultyDisk.Order once = run.disk().pauseAt(RENAME, "/checkpoints/round-000-member-00\\.bin");
    FaultyDisk.Order twice = run.disk().pauseAt(RENAME, second);
    FaultyDisk.Order again = run.disk().pauseAt(RENAME, second);
    FaultyDisk.Order worker = run.disk().pauseAt(RENAME, "/checkpoints/round-002-member-01\\.bin");
    FaultyDisk.Order leaves = run.disk().pauseAt(RENAME, "/checkpoints/round-003-member-00\\.bin");
    Launcher.Running command = run.start();
    for (FaultyDisk.Order order : new FaultyDisk.Order[] {once, twice, again}) {
      order.struck(command.process()).destroyForcibly();
    }
    ProcessHandle executor = worker.struck(command.process());
    executor.parent().orElseThrow().destroyForcibly(); // First, so that it starts no other.
    executor.destroyForcibly();
    cluster.addWorker(2);
    Signals.leave(leaves.struck(command.process()));
    leaves.letGo();
    Launcher.Result result = command.result();
    assertExit(0, result);
    assertThat(result.err())
        .contains("zoo round-003-member-00 was handed back by executor", "which is leaving");

    boolean equal = isEqual(run);
    String killed = "`kill -9` of its process, held at the renaming of a checkpoint";
    String trained = "Spark runs the member again, from its last checkpoint; exit 0";
    add("b0", "executor killed in the middle of a member", killed, trained, run, equal);
    add("b1", "… twice in a row", killed + ", of the next one too", trained, run, equal);
    add(
        "b2",
        "worker killed with its executors, another one brought",
        "`kill -9` of both processes, then a new worker",
        trained,
        run,
        equal);
    add(
        "b3",
        "executor decommissioned in the middle of a member",
        "`SIGPWR` to its process, as where a node announces its end",
        "the member writes a checkpoint and continues on another executor, without a charged attempt; exit 0",
        run,
        equal);
  }

  @Test
  @Order(3)
  void aMemberThatHangs() throws Exception {
    FaultyRun run = run("hangs", "cluster.member-time-limit=15s", "cluster.member-attempts=20");
    FaultyDisk.Order hangs = run.disk().pauseAt(RENAME, "/checkpoints/round-001-member-00\\.bin");
    FaultyDisk.Order later = run.disk().pauseAt(RENAME, "/rounds/round-002\\.json");
    Launcher.Running command =
        run.start(
            "--conf",
            "spark.task.reaper.pollingInterval=1s",
            "--conf",
            "spark.task.reaper.killTimeout=2s");
    ProcessHandle executor = hangs.struck(command.process());
    later.struck(command.process());
    // The deaf thread's executor is ended, and its slot given back, while the run goes on.
    executor.onExit().get(60, TimeUnit.SECONDS);
    later.letGo();
    Launcher.Result result = command.result();
    assertExit(0, result);
    assertThat(result.err())
        .contains("zoo round-001-member-00 ran on executor", "cluster.member-time-limit")
        .contains("attempt 2 of 20 follows");
    add(
        "g0",
        "a member that hangs",
        "its thread stands still, deaf to interruption, at the renaming of a checkpoint",
        "after cluster.member-time-limit it is started again elsewhere and its executor ended; exit 0",
        run,
        isEqual(run));
  }

  @Test
  @Order(4)
  void twoDriversOnOneRunDirectory() throws Exception {
    FaultyRun run = run("shared");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Launcher.Result noAnswer =
          run.finish(
              "--master",
              "spark://127.0.0.1:" + silent.getLocalPort(),
              "--set",
              "cluster.executor-time-limit=3s");
      assertExit(4, noAnswer);
      assertThat(noAnswer.err())
          .contains("Spark does not start on master", "cluster.executor-time-limit");
    }
    FaultyDisk.Order order = run.disk().pauseAt(LOOK, "/rounds/round-001\\.json");
    Launcher.Running first = run.start();
    order.struck(first.process());
    Console second = run.finishHere("local[1]");
    assertExit(4, second);
    assertThat(second.err())
        .contains("another driver works on the run", "process " + first.process().pid());
    // The first one holds all cores of the cluster. The time is also that for Spark's own start.
    Launcher.Result noRoom = run.finish("--fresh", "--set", "cluster.executor-time-limit=8s");
    assertExit(4, noRoom);
    assertThat(noRoom.err())
        .contains("there is no executor; check that the workers of " + cluster.master());
    Console fresh = run.finishHere("local[1]", "--fresh");
    assertExit(0, fresh);
    assertThat(fresh.out()).contains("tiny-3");
    assertThat(FaultyRun.resultsOf(run.output().resolve("tiny-3"))).isEqualTo(expected);
    order.letGo();
    assertExit(0, first.result());

    boolean equal = isEqual(run);
    add(
        "i0",
        "two drivers on one run directory",
        "the same command while the first driver is held",
        "the second: exit 4, naming host and process of the first, which ends with exit 0",
        run,
        equal);
    add(
        "i1",
        "… the second one with `--fresh`",
        "likewise",
        "a run beside it, exit 0, the same results",
        run,
        equal);
    add(
        "i2",
        "no executor ever comes",
        "another application holds all cores",
        "after cluster.executor-time-limit exit 4, with what to check",
        run,
        equal);
    add(
        "i3",
        "a master that doesn't answer",
        "a port on which nobody speaks",
        "after cluster.executor-time-limit exit 4; the same command later runs",
        run,
        equal);
  }

  @Test
  @Order(5)
  void aClusterThatGrowsAndShrinks() throws Exception {
    FaultyRun run = run("elastic");
    List<FaultyDisk.Order> both =
        List.of(
            run.disk().pauseAt(RENAME, "/checkpoints/round-000-member-00\\.bin"),
            run.disk().pauseAt(RENAME, "/checkpoints/round-000-member-01\\.bin"));
    FaultyDisk.Order between = run.disk().pauseAt(LOOK, "/rounds/round-001\\.json");
    Launcher.Running command =
        run.start(
            "--conf",
            "spark.dynamicAllocation.enabled=true",
            "--conf",
            "spark.dynamicAllocation.maxExecutors=2",
            "--conf",
            "spark.dynamicAllocation.executorIdleTimeout=1s");
    List<ProcessHandle> executors = new ArrayList<>();
    for (FaultyDisk.Order order : both) {
      executors.add(order.struck(command.process()));
    }
    assertThat(executors).doesNotHaveDuplicates();
    for (FaultyDisk.Order order : both) {
      order.letGo();
    }
    between.struck(command.process());
    for (ProcessHandle executor : executors) {
      executor.onExit().get(60, TimeUnit.SECONDS);
    }
    between.letGo();
    assertExit(0, command.result());
    add(
        "j0",
        "dynamic allocation: no executor, two, none, two",
        "the driver held between two rounds for longer than `spark.dynamicAllocation.executorIdleTimeout`",
        "each round gets its executors; exit 0",
        run,
        isEqual(run));
  }

  /** The faults and outcomes of the page are those that were seen just now. */
  @Test
  @Order(6)
  void theTableInTheDocumentationIsThisOne() throws Exception {
    TABLE.publish("reliability.md");
    Map<String, List<String>> page = FaultTable.rowsOf(PAGE, "On a cluster");
    page.values().removeIf(FaultTable::isOfS3Alone);
    assertThat(page)
        .as("docs/reliability.md; the table of this run is target/reliability.md")
        .isEqualTo(TABLE.rows());
  }

  /** Kills the driver once all of these faults have struck. */
  private static Launcher.Result killDriver(FaultyRun run, FaultyDisk.Order... orders)
      throws Exception {
    Launcher.Running command = run.start();
    try {
      for (FaultyDisk.Order order : orders) {
        order.struck(command.process());
      }
    } finally {
      command.process().destroyForcibly().waitFor();
    }
    return command.result();
  }

  private static FaultyRun run(String name, String... settings) throws IOException {
    return FaultyRun.tiny(directory, name, cluster.master(), settings);
  }

  private static void assertExit(int code, Launcher.Result result) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(code);
  }

  private static void assertExit(int code, Console console) {
    assertThat(console.exitCode()).as(console.err()).isEqualTo(code);
  }

  private static boolean isEqual(FaultyRun run) throws IOException {
    assertThat(run.results()).isEqualTo(expected);
    return run.results().equals(expected);
  }

  private static void add(
      String place, String fault, String injected, String happened, FaultyRun run, boolean equal) {
    TABLE.add(place, new FaultTable.Row(fault, injected, happened, run.commands(), equal));
  }
}

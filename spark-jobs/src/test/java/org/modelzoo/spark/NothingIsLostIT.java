package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.CREATE;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.LOOK;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.RENAME;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.faults.FaultyDisk;

/**
 * The fault harness: injects every fault into a small run on a real cluster and compares what comes
 * out, to the bit, with a run that nothing disturbed, in one process. Prints the table of
 * docs/reliability.md and writes it to target/reliability.md.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NothingIsLostIT {
  private static final Path PAGE = Path.of("../docs/reliability.md");
  private static final FaultTable TABLE = new FaultTable();

  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private static FaultyRun undisturbed;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    cluster = StandaloneCluster.start(directory, 2);
    undisturbed = run("undisturbed");
    assertExit(0, undisturbed.finish("--master", "local[1]"));
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
    damage(checkpoints.resolve("round-001-member-00.bin"), NothingIsLostIT::flipped);
    Launcher.Result fourth =
        killDriver(run, run.disk().pauseAt(RENAME, "/members/round-001-member-01/outcome\\.json"));
    damage(checkpoints.resolve("round-001-member-01.bin"), NothingIsLostIT::truncated);
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
    Launcher.Running command = run.start();
    for (FaultyDisk.Order order : new FaultyDisk.Order[] {once, twice, again}) {
      order.struck(command.process()).destroyForcibly();
    }
    ProcessHandle executor = worker.struck(command.process());
    executor.parent().orElseThrow().destroyForcibly(); // First, so that it starts no other.
    executor.destroyForcibly();
    cluster.addWorker(2);
    Launcher.Result result = command.result();
    assertExit(0, result);

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
  }

  @Test
  @Order(3)
  void filesThatCannotBeWritten() throws Exception {
    FaultyRun run = run("writes");
    run.disk()
        .failAt(CREATE, "/\\.tmp-round-000-member-01-model\\.zip-.*", "No space left on device");
    Launcher.Result full = run.finish();
    assertExit(4, full);
    assertThat(full.err()).contains("No space left on device", "check that it has room");

    run.disk().failAt(RENAME, "/rounds/round-000\\.json", "Read-only file system");
    Launcher.Result readOnly = run.finish();
    assertExit(4, readOnly);
    assertThat(readOnly.err()).contains("can't write the run directory", "Read-only file system");

    Path inTheWay = Files.createDirectories(run.run().resolve("metrics.csv/something"));
    Launcher.Result obstructed = run.finish();
    assertExit(4, obstructed);
    assertThat(obstructed.err()).contains("can't write the run directory");
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertExit(0, run.finish());

    boolean equal = isEqual(run);
    String what = "exit 4 with file system's error and what to check; continues once it can write";
    add("c0", "no space for a member", "the file system says so, executor", what, run, equal);
    add("c1", "round's file can't be written", "the file system says so, driver", what, run, equal);
    add("c2", "output file can't be written", "a directory in its place", what, run, equal);
  }

  @Test
  @Order(4)
  void aSmallDiskThatIsFull() throws Exception {
    FaultyRun run = run("full");
    assumeThat(mount(run.output(), "-t", "tmpfs", "-o", "size=2m", "tmpfs"))
        .as("a small disk can be mounted here, which takes root's rights")
        .isTrue();
    try {
      Launcher.Result full = run.finish();
      assertExit(4, full);
      assertThat(full.err()).contains("No space left on device");
      assertThat(mount(run.output(), "-o", "remount,size=64m")).isTrue();
      assertExit(0, run.finish());
      add(
          "c3",
          "disk full",
          "a tmpfs of 2 MB, made larger after the first command",
          "exit 4 with file system's error and what to check; continues once it can write",
          run,
          isEqual(run));
    } finally {
      new ProcessBuilder("umount", "--lazy", run.output().toString()).start().waitFor();
    }
  }

  private static boolean mount(Path place, String... options) throws Exception {
    String[] words = new String[options.length + 2];
    words[0] = "mount";
    System.arraycopy(options, 0, words, 1, options.length);
    words[words.length - 1] = place.toString();
    try {
      return new ProcessBuilder(words).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  @Test
  @Order(5)
  void flippedBitsInCommittedFiles() throws Exception {
    mendsWhatWasDamaged("e", "flipped bit: ", "bits", NothingIsLostIT::flipped);
  }

  @Test
  @Order(6)
  void truncatedCommittedFiles() throws Exception {
    mendsWhatWasDamaged("f", "truncated: ", "halves", NothingIsLostIT::truncated);
  }

  /** Damages a finished run, a file of each kind, every one of another member or round. */
  private static void mendsWhatWasDamaged(
      String place, String fault, String name, UnaryOperator<byte[]> damage) throws Exception {
    FaultyRun run = run(name).copyOf(undisturbed.run());
    String[] files = {
      "members/round-000-member-00/model.zip",
      "members/round-001-member-01/predictions.bin",
      "members/round-002-member-00/outcome.json",
      "rounds/round-001.json",
      "summary.json",
      "run.json"
    };
    for (String file : files) {
      damage(run.run().resolve(file), damage);
    }
    Launcher.Result refused = run.finish();
    assertExit(3, refused);
    assertThat(refused.err())
        .contains("run.json is damaged", "delete it and give the same command");
    Files.delete(run.run().resolve("run.json"));
    Launcher.Result mended = run.finish();
    assertExit(0, mended);
    assertThat(mended.err())
        .contains("summary.json is damaged", "round-001.json is damaged")
        .contains("round-000-member-00 is trained again", "round-001-member-01 is trained again")
        .contains("round-002-member-00 is trained again");
    boolean equal = isEqual(run);
    String member = "found by its SHA-256; the member is trained again; exit 0";
    String byHand = "by hand, all kinds at once in a finished run";
    add(place + "0", fault + "model", byHand, member, run, equal);
    add(place + "1", fault + "predictions", byHand, member, run, equal);
    add(place + "2", fault + "member's outcome", byHand, member, run, equal);
    add(
        place + "4",
        fault + "round",
        byHand,
        "found by its SHA-256; committed again from its members; exit 0",
        run,
        equal);
    add(
        place + "5",
        fault + "summary",
        byHand,
        "found by its SHA-256; made again; exit 0",
        run,
        equal);
    add(
        place + "6",
        fault + "run.json",
        byHand,
        "exit 3: delete it if configuration and data are unchanged; then exit 0",
        run,
        equal);
  }

  @Test
  @Order(7)
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
  @Order(8)
  void oneMemberThatDiverges() throws Exception {
    FaultyRun run = run("diverges");
    killDriver(run, run.disk().pauseAt(CREATE, "/\\.tmp-round-001-member-00-predictions\\.bin-.*"));
    damage(
        run.run().resolve("checkpoints/round-001-member-00.bin"), NothingIsLostIT::withoutANumber);
    Launcher.Result result = run.finish();
    assertExit(0, result);
    assertThat(result.err()).contains("zoo round-001-member-00 diverged in epoch 2");
    assertThat(run.run().resolve("summary.json")).content().contains("\"diverged_members\" : 1");
    Launcher.Result again = run.finish();
    assertExit(0, again);
    assertThat(again.out()).contains("This run is finished");

    SortedMap<String, String> spared = new TreeMap<>(expected);
    spared.keySet().removeIf(file -> !file.matches(".*round-00(0-member-0[01]|1-member-01)/.*"));
    SortedMap<String, String> found = run.results();
    found.keySet().retainAll(spared.keySet());
    assertThat(spared).isNotEmpty();
    assertThat(found).isEqualTo(spared);
    add(
        "h0",
        "one member diverges",
        "a parameter in its checkpoint that is no number",
        "its round is committed without it; exit 0; equal are the members before it and beside it",
        run,
        found.equals(spared));
  }

  /** A checkpoint with another first parameter, its checksum right. */
  private static byte[] withoutANumber(byte[] checkpoint) {
    ByteBuffer bytes = ByteBuffer.wrap(checkpoint.clone());
    int epochs = bytes.getInt(24);
    bytes.putInt(28 + 16 * epochs + 4, Float.floatToIntBits(Float.NaN));
    CRC32 checksum = new CRC32();
    checksum.update(bytes.array(), 0, checkpoint.length - 8);
    return bytes.putLong(checkpoint.length - 8, checksum.getValue()).array();
  }

  @Test
  @Order(9)
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
    Launcher.Result second = run.finish();
    assertExit(4, second);
    assertThat(second.err())
        .contains("another driver works on the run", "process " + first.process().pid());
    // The first one holds all cores of the cluster. The time is also that for Spark's own start.
    Launcher.Result noRoom = run.finish("--fresh", "--set", "cluster.executor-time-limit=8s");
    assertExit(4, noRoom);
    assertThat(noRoom.err())
        .contains("there is no executor; check that the workers of " + cluster.master());
    Launcher.Result fresh = run.finish("--fresh", "--master", "local[1]");
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

  /** The faults and outcomes of the page are those that were seen just now. */
  @Test
  @Order(10)
  void theTableInTheDocumentationIsThisOne() throws Exception {
    Files.writeString(Path.of("target/reliability.md"), TABLE.text());
    System.out.println(TABLE.text());
    assertThat(FaultTable.rowsOf(PAGE))
        .as("docs/reliability.md; the table of this run is target/reliability.md")
        .containsAllEntriesOf(FaultTable.rowsOf(Path.of("target/reliability.md")));
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

  private static boolean isEqual(FaultyRun run) throws IOException {
    assertThat(run.results()).isEqualTo(expected);
    return run.results().equals(expected);
  }

  private static void add(
      String place, String fault, String injected, String happened, FaultyRun run, boolean equal) {
    TABLE.add(place, new FaultTable.Row(fault, injected, happened, run.commands(), equal));
  }

  private static void damage(Path file, UnaryOperator<byte[]> damage) throws IOException {
    Files.write(file, damage.apply(Files.readAllBytes(file)));
  }

  private static byte[] flipped(byte[] content) {
    byte[] copy = content.clone();
    copy[copy.length / 2] ^= 1;
    return copy;
  }

  private static byte[] truncated(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }
}

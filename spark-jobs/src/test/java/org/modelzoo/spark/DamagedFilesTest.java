package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.CREATE;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.RENAME;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.cli.Console;

/**
 * Files that can't be written, are damaged or hold what is not a number, in a small run in this
 * process: what comes out is, to the bit, that of a run that nothing disturbed. Writes the second
 * table of docs/reliability.md to target/reliability-files.md.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DamagedFilesTest {
  private static final Path PAGE = Path.of("../docs/reliability.md");
  private static final FaultTable TABLE = new FaultTable();

  @TempDir private static Path directory;
  private static FaultyRun undisturbed;
  private static SortedMap<String, String> expected;
  private static boolean fullDisk;

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    undisturbed = run("undisturbed");
    assertExit(0, undisturbed.finishHere("local[1]"));
    expected = undisturbed.results();
    assertThat(expected).containsKeys("summary.json", "rounds/round-003.json");
    assertThat(expected).containsKey("members/round-003-member-01/model.zip!coefficients.bin");
  }

  @Test
  @Order(1)
  void filesThatCannotBeWritten() throws Exception {
    FaultyRun run = run("writes");
    run.disk()
        .failAt(CREATE, "/\\.tmp-round-000-member-01-model\\.zip-.*", "No space left on device");
    Console full = run.finishHere("local[2]");
    assertExit(4, full);
    assertThat(full.err()).contains("No space left on device", "check that it has room");

    run.disk().failAt(RENAME, "/rounds/round-000\\.json", "Read-only file system");
    Console readOnly = run.finishHere("local[2]");
    assertExit(4, readOnly);
    assertThat(readOnly.err()).contains("can't write the run directory", "Read-only file system");

    Path inTheWay = Files.createDirectories(run.run().resolve("metrics.csv/something"));
    Console obstructed = run.finishHere("local[2]");
    assertExit(4, obstructed);
    assertThat(obstructed.err()).contains("can't write the run directory");
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertExit(0, run.finishHere("local[2]"));

    boolean equal = isEqual(run);
    String what = "exit 4 with file system's error and what to check; continues once it can write";
    add(
        "c0",
        "no space for a member",
        "the file system says so, where it trains",
        what,
        run,
        equal);
    add(
        "c1",
        "round's file can't be written",
        "the file system says so, where rounds are committed",
        what,
        run,
        equal);
    add("c2", "output file can't be written", "a directory in its place", what, run, equal);
  }

  @Test
  @Order(2)
  void aSmallDiskThatIsFull() throws Exception {
    FaultyRun run = run("full");
    assumeThat(mount(run.output(), "-t", "tmpfs", "-o", "size=2m", "tmpfs"))
        .as("a small disk can be mounted here, which takes root's rights")
        .isTrue();
    try {
      Console full = run.finishHere("local[2]");
      assertExit(4, full);
      assertThat(full.err()).contains("No space left on device");
      assertThat(mount(run.output(), "-o", "remount,size=64m")).isTrue();
      assertExit(0, run.finishHere("local[2]"));
      add(
          "c3",
          "disk full",
          "a tmpfs of 2 MB, made larger after the first command",
          "exit 4 with file system's error and what to check; continues once it can write",
          run,
          isEqual(run));
      fullDisk = true;
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
  @Order(3)
  void flippedBitsInCommittedFiles() throws Exception {
    mendsWhatWasDamaged("e", "flipped bit: ", "bits", FaultyRun::flipped);
  }

  @Test
  @Order(4)
  void truncatedCommittedFiles() throws Exception {
    mendsWhatWasDamaged("f", "truncated: ", "halves", FaultyRun::truncated);
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
      FaultyRun.damage(run.run().resolve(file), damage);
    }
    Console refused = run.finishHere("local[2]");
    assertExit(3, refused);
    assertThat(refused.err())
        .contains("run.json is damaged", "delete it and give the same command");
    Files.delete(run.run().resolve("run.json"));
    Console mended = run.finishHere("local[2]");
    assertExit(0, mended);
    assertThat(mended.err())
        .contains("summary.json is damaged", "round-001.json is damaged", "SHA-256")
        .contains("predictions.bin is damaged", "model.zip is damaged", "outcome.json is damaged")
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
  @Order(5)
  void oneMemberThatDiverges() throws Exception {
    FaultyRun run = run("diverges");
    run.disk().endAt(CREATE, "/\\.tmp-round-001-member-00-predictions\\.bin-.*");
    assertExit(4, run.finishHere("local[2]"));
    run.comeBack();
    FaultyRun.damage(
        run.run().resolve("checkpoints/round-001-member-00.bin"), DamagedFilesTest::withoutANumber);
    Console result = run.finishHere("local[2]");
    assertExit(0, result);
    assertThat(result.err()).contains("zoo round-001-member-00 diverged in epoch 2");
    assertThat(run.run().resolve("summary.json")).content().contains("\"diverged_members\" : 1");
    Console again = run.finishHere("local[2]");
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
        "a parameter in its checkpoint that is not a number",
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

  /** The faults and outcomes of the page are those that were seen just now. */
  @Test
  @Order(6)
  void theTableInTheDocumentationIsThisOne() throws Exception {
    TABLE.publish("reliability-files.md");
    Map<String, List<String>> page = FaultTable.rowsOf(PAGE, "In one process");
    if (!fullDisk) {
      page.remove("disk full");
    }
    assertThat(page)
        .as("docs/reliability.md; the table of this run is target/reliability-files.md")
        .isEqualTo(TABLE.rows());
  }

  private static FaultyRun run(String name) throws IOException {
    return FaultyRun.tiny(directory, name, "local[2]");
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

package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.cli.Console;
import org.modelzoo.spark.s3.S3Gate;
import org.modelzoo.spark.s3.S3Server;
import org.modelzoo.spark.s3.StoreRaces;
import org.modelzoo.store.Checksum;

/**
 * Runs and searches on a real S3 server, with the build's own Spark and Hadoop: faults strike, and
 * the files are those of a local disk, to the bit. The column "on S3" of the table in
 * docs/reliability.md is what happens here.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full")
class S3IT {
  private static final Path PAGE = Path.of("../docs/reliability.md");

  @TempDir private static Path directory;
  private static final List<String> TRIED = new ArrayList<>();
  private static S3Server server;
  private static S3Gate gate;
  private static Launcher launcher;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(S3Server.isThere())
        .as("an S3 server, which mvn verify brings, but -pl spark-jobs alone does not")
        .isTrue();
    server = S3Server.start(directory);
    gate = new S3Gate(server);
    Path hadoop = gate.configuration(directory.resolve("hadoop"));
    launcher = new Launcher(directory, Map.of("HADOOP_CONF_DIR", hadoop.toString()));
    Path local = directory.resolve("local");
    assertExit(0, Console.runOn("local[2]", experiment(local.toString())));
    expected = FaultyRun.resultsOf(local.resolve("tiny"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      gate.close();
      server.close();
    }
  }

  @Test
  @Order(1)
  void aDriverKilledInEveryPhaseOfARound() throws Exception {
    killDriver(gate.holdAt("HEAD", "/rounds/round-001\\.json"));
    // The round's other member is held too: it must be there for the fourth command.
    String other = "/members/round-001-member-01/model\\.zip";
    killDriver(
        gate.holdAt("PUT", "/checkpoints/round-001-member-00\\.bin"), gate.holdAt("PUT", other));
    killDriver(
        gate.holdAt("PUT", "/members/round-001-member-00/predictions\\.bin"),
        gate.holdAt("PUT", other));
    killDriver(gate.holdAt("PUT", "/members/round-001-member-01/outcome\\.json"));
    assertThat(run("tiny/members/round-001-member-01/model.zip")).exists();
    assertThat(run("tiny/members/round-001-member-01/outcome.json")).doesNotExist();
    killDriver(gate.holdAt("PUT", "/rounds/round-001\\.json"));
    assertThat(run("tiny/rounds/round-000.json")).exists();
    assertThat(run("tiny/rounds/round-001.json")).doesNotExist();
    killDriver(gate.holdAt("PUT", "/summary\\.json"));
    assertThat(run("tiny/summary.json")).doesNotExist();
    Launcher.Result last = launcher.run(train(S3Server.uri()));
    assertExit(0, last);
    assertThat(last.err()).contains("takes over the run", "that was killed");

    assertThat(FaultyRun.resultsOf(run("tiny"))).isEqualTo(expected);
    List.of(
            "sampling a round",
            "training",
            "writing a member",
            "committing a member",
            "committing a round",
            "ending the run")
        .forEach(phase -> TRIED.add("driver killed: " + phase));
  }

  @Test
  @Order(2)
  void aSecondDriverAndAnOutage() throws Exception {
    S3Gate.Order cut = gate.cutAt("PUT", "/fresh/members/round-000-member-00/model\\.zip");
    S3Gate.Order outage = gate.outageFrom("PUT", "/fresh/rounds/round-001\\.json");
    Launcher.Running first = launcher.start(train(S3Server.uri(), "experiment.name=fresh"));
    cut.struck(first.process());
    TimeUnit.MILLISECONDS.sleep(500);
    assertThat(run("fresh/members/round-000-member-00/model.zip")).doesNotExist();
    cut.revoke();
    outage.struck(first.process());
    TimeUnit.SECONDS.sleep(12);
    outage.revoke();
    S3Gate.Order held = gate.holdAt("PUT", "/fresh/rounds/round-002\\.json");
    held.struck(first.process());
    Launcher.Result second = launcher.run(train(S3Server.uri(), "experiment.name=fresh"));
    assertExit(4, second);
    assertThat(second.err())
        .contains("another driver works on the run in s3a://zoo/fresh")
        .contains("process " + first.process().pid());
    held.revoke(); // The client tries again.
    Launcher.Result result = first.result();
    assertExit(0, result);
    assertThat(result.err())
        .containsPattern("writing s3a://zoo/fresh/rounds/round-001.json has taken 1[0-9] s so far");
    assertThat(FaultyRun.resultsOf(run("fresh"))).isEqualTo(named("fresh"));
    TRIED.add("two drivers on one run directory");
    TRIED.add("the store answers 503 for a while");
    TRIED.add("a connection ends in the middle of an upload");
  }

  /** What an experiment of another name has. */
  private static SortedMap<String, String> named(String name) {
    SortedMap<String, String> named = new TreeMap<>(expected);
    named.replaceAll(
        (file, text) -> file.equals("summary.json") ? text.replace("tiny", name) : text);
    return named;
  }

  @Test
  @Order(3)
  void aStoreThatForbidsWriting() throws Exception {
    S3Gate.Order order = gate.forbid("PUT", "/forbidden/.*");
    Launcher.Result result = launcher.run(train(S3Server.uri(), "experiment.name=forbidden"));
    assertExit(4, result);
    assertThat(result.err())
        .contains("can't write the run directory s3a://zoo/forbidden")
        .contains("check that output.directory exists, has room, and that you may write to it")
        .doesNotContain("\tat ");
    order.revoke();
    TRIED.add("the store answers 403");
  }

  @Test
  @Order(4)
  void ofDriversThatStartTogetherOneWinsAndReadersAlwaysFindAWholeFile() throws Exception {
    Path log = directory.resolve("races.txt");
    String classes =
        Stream.of(StoreRaces.class, org.modelzoo.store.RunLease.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(":"));
    Process races =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                String.join(
                    ":",
                    classes,
                    Path.of("target/modelzoo-app.jar").toAbsolutePath().toString(),
                    Launcher.sparkHome() + "/jars/*",
                    S3Server.clientJars() + "/*",
                    directory.resolve("hadoop").toString()),
                StoreRaces.class.getName(),
                S3Server.uri() + "/races",
                "20")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(races.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(log).content().contains("20 of 20 races have one winner", "always found whole");
    TRIED.add("six drivers that start at the same time, 20 times");
  }

  /** It is stopped for longer than a lease lasts, and comes back after its successor has ended. */
  @Test
  @Order(5)
  void aPausedDriverOfASearchChangesNothingAnyMore() throws Exception {
    Path local = directory.resolve("searched");
    assertExit(0, Console.runOn("local[1]", study(local.toString())));
    S3Gate.Order order = gate.holdAt("PUT", "/search/log/000001-000001\\.jsonl");
    Launcher.Running first = launcher.start(search(S3Server.uri()));
    order.struck(first.process());
    signal(first.process(), "STOP");
    order.revoke();
    Launcher.Result second;
    do {
      // Its process is there, and so it counts as alive until its lease is old.
      TimeUnit.SECONDS.sleep(3);
      second = launcher.run(search(S3Server.uri()));
    } while (second.exitCode() == 4 && second.err().contains("another driver works on the run"));
    assertExit(0, second);
    SortedMap<String, String> after = checksums(run("search"));

    signal(first.process(), "CONT");
    Launcher.Result paused = first.result();
    assertExit(4, paused);
    assertThat(paused.err()).contains("another driver took over the run in s3a://zoo/search");
    assertThat(checksums(run("search"))).isEqualTo(after);
    assertThat(StudyFilesOf.results(run("search")))
        .isEqualTo(StudyFilesOf.results(local.resolve("search")));
    TRIED.add("a driver that is paused for longer than its lease");
  }

  @Test
  @Order(6)
  void whatIsThereIsUsedFromThere() throws Exception {
    String zoo = S3Server.uri() + "/tiny";
    for (String command :
        List.of(
            "report " + zoo,
            "evaluate --zoo " + zoo,
            "export --zoo " + zoo + " --output " + S3Server.uri() + "/tiny.zip",
            "predict --zoo "
                + S3Server.uri()
                + "/tiny.zip --task family-1-task-1 --format csv"
                + " --input "
                + Path.of("../docs").toAbsolutePath()
                + " --output "
                + S3Server.uri()
                + "/classes",
            "top " + zoo)) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(client("local[1]"));
      Launcher.Result result = launcher.run(words.toArray(String[]::new));
      assertExit(0, result);
      if (command.startsWith("top")) {
        assertThat(result.out()).isEqualTo(zoo + "\nfinished\n");
      }
    }
    assertThat(run("tiny/report.html")).content().contains("</html>");
    assertThat(run("tiny-evaluation")).isDirectoryContaining("glob:**.json");
    assertThat(run("tiny.zip")).isNotEmptyFile();
    assertThat(run("classes")).isDirectoryContaining("glob:**/_SUCCESS");
    Launcher.Result again = launcher.run(train(S3Server.uri()));
    assertExit(0, again);
    assertThat(again.out()).contains("This run is finished");
    assertExit(
        0,
        launcher.run(
            Stream.concat(Stream.of(train(S3Server.uri())), Stream.of("--fresh"))
                .toArray(String[]::new)));
    assertThat(FaultyRun.resultsOf(run("tiny-2"))).isEqualTo(expected);
    assertThat(FaultyRun.resultsOf(run("tiny"))).isEqualTo(expected);
  }

  @Test
  @Order(7)
  void theTableInTheDocumentationTellsWhatWasTried() throws IOException {
    assertThat(new TreeSet<>(TRIED))
        .as("faults of docs/reliability.md whose column 'on S3' is 'yes'")
        .isEqualTo(FaultTable.tried(PAGE, "on S3"));
  }

  /** Kills the driver once all of these faults have struck. */
  private static void killDriver(S3Gate.Order... orders) throws Exception {
    Launcher.Running command = launcher.start(train(S3Server.uri()));
    try {
      for (S3Gate.Order order : orders) {
        order.struck(command.process());
      }
    } finally {
      command.process().destroyForcibly().waitFor();
      List.of(orders).forEach(S3Gate.Order::revoke);
    }
  }

  private static void signal(Process process, String signal) throws Exception {
    int exit =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(exit).isZero();
  }

  private static Path run(String name) {
    return server.objects().resolve(name);
  }

  private static String[] train(String output, String... settings) {
    return command("local[2]", experiment(output, settings));
  }

  private static String[] experiment(String output, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of("training.checkpoint-every=1", "output.directory=\"" + output + "\""));
    all.addAll(List.of(settings));
    return TinyExperiment.arguments("train", directory, all.toArray(String[]::new));
  }

  private static String[] search(String output) {
    return command("local[1]", study(output));
  }

  private static String[] study(String output) {
    return TinyExperiment.arguments(
        "search",
        directory,
        "output.directory=\"" + output + "\"",
        "experiment.name=search",
        "experiment.method=multi-head",
        "search.trials=4",
        "search.sampler.method=random",
        "search.space={ \"training.learning-rate\" { log-uniform = [1e-3, 1e-1] } }");
  }

  private static String[] command(String master, String[] words) {
    return Stream.concat(Stream.of(words), client(master).stream()).toArray(String[]::new);
  }

  private static List<String> client(String master) {
    try (Stream<Path> jars = Files.list(S3Server.clientJars())) {
      String all = jars.map(Path::toString).sorted().collect(Collectors.joining(","));
      return List.of("--jars", all, "--master", master, "--driver-memory", "512m");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SortedMap<String, String> checksums(Path run) throws IOException {
    SortedMap<String, String> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        checksums.put(run.relativize(file).toString(), Checksum.of(Files.readAllBytes(file)));
      }
    }
    return checksums;
  }

  private static void assertExit(int code, Console console) {
    assertThat(console.exitCode()).as(console.err()).isEqualTo(code);
  }

  private static void assertExit(int code, Launcher.Result result) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(code);
  }
}

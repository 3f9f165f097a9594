package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.CREATE;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.RENAME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
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
import org.modelzoo.spark.yarn.YarnCluster;

/**
 * {@code deploy/yarn/submit} as a user gives it, on a real YARN of two node managers with a real
 * HDFS: the files are those of one process, to the bit. The column "on YARN" of the table in
 * docs/reliability.md is what happens here.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full")
class YarnClusterIT {
  private static final Path PAGE = Path.of("../docs/reliability.md");
  private static final String CARD = "0, GPU-1, Tesla V100, 7.0, 16384, 580.65.06";

  /** For two members at once. */
  private static final List<String> ONE_EXECUTOR =
      List.of("--num-executors", "1", "--executor-cores", "2");

  @TempDir private static Path directory;
  private static final List<String> TRIED = new ArrayList<>();
  private static YarnCluster cluster;
  private static Launcher submit;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(YarnCluster.isThere())
        .as("a YARN, which mvn verify brings, but -pl spark-jobs alone does not")
        .isTrue();
    cluster = YarnCluster.start(directory);
    Path spark = SparkDistribution.lay(directory.resolve("spark"), YarnCluster.sparkJars()).home();
    submit =
        new Launcher(
            "yarn/submit",
            directory,
            Map.of(
                "SPARK_HOME",
                spark.toString(),
                "HADOOP_CONF_DIR",
                cluster.configuration().toString(),
                "JAVA_HOME",
                System.getProperty("java.home")));
    Console undisturbed =
        Console.runOn("local[1]", experiment(directory.resolve("here").toString()));
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
    expected = FaultyRun.resultsOf(directory.resolve("here/tiny"));
    assertThat(expected).containsKeys("summary.json", "rounds/round-003.json");
    cluster.await();
    putPrograms(spark);
  }

  /** As the README says, so that no application has to send them. */
  private static void putPrograms(Path spark) throws IOException {
    Path archive = directory.resolve("spark-jars.zip");
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    String jars = spark.resolve("jars").toString();
    int exit = jar.run(System.out, System.err, "cf0", archive.toString(), "-C", jars, ".");
    assertThat(exit).isZero();
    cluster.put(archive, "/apps/spark-jars.zip");
    cluster.put(Path.of("target/modelzoo-app.jar").toAbsolutePath(), "/apps/modelzoo-app.jar");
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void aDriverHereTrainsOnHdfs() throws Exception {
    Launcher.Running command =
        submit.start(command("client", ONE_EXECUTOR, experiment("hdfs:///client")));
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!command.process().info().command().orElse("").endsWith("/java")) {
      assertThat(System.nanoTime()).as("the script becomes the driver").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Launcher.Result result = command.result();
    assertExit(0, result);
    assertThat(result.out()).contains("average accuracy");
    assertThat(FaultyRun.resultsOf(cluster.fetch("/client/tiny"))).isEqualTo(expected);
  }

  @Test
  @Order(2)
  void aDriverOnTheClusterTrainsWithFilesThatWereSent() throws Exception {
    Path conf = Files.createDirectories(directory.resolve("conf/parts"));
    List<String> settings = settings("hdfs:///cluster");
    int half = settings.size() / 2;
    Files.write(conf.resolve("data.conf"), settings.subList(0, half));
    Path included = conf.resolveSibling("tiny.conf");
    Files.writeString(included, "include \"parts/data.conf\"\n");
    Path own = directory.resolve("own.conf");
    Files.write(own, settings.subList(half, settings.size()));
    Launcher.Result result =
        submit.run(
            command(
                "cluster",
                List.of("--queue", "training", "--config-root", conf.getParent().toString()),
                "train",
                "--config",
                included.toString(),
                "--config",
                own.toString()));
    assertExit(0, result);
    assertThat(FaultyRun.resultsOf(cluster.fetch("/cluster/tiny"))).isEqualTo(expected);

    ApplicationReport report = cluster.newest();
    assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(report.getQueue()).endsWith("training");
    assertThat(report.getCurrentApplicationAttemptId().getAttemptId()).isEqualTo(1);
    String logs = cluster.logs(report);
    assertThat(logs).contains("zoo: finished");
    assertThat(logs.lines().filter(line -> line.contains("authentication enabled")))
        .as("executors that know a secret")
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(logs).doesNotContain("authentication disabled");
  }

  /** One application, whose driver YARN starts six times; its executor trains two members. */
  @Test
  @Order(3)
  void driversAndExecutorsAreKilled() throws Exception {
    FaultyDisk disk = new FaultyDisk(directory.resolve("disk"));
    Path output = directory.resolve("killed");
    String[] experiment = experiment(FaultyDisk.uri(output));
    Path run = output.resolve("tiny");
    // The round's other member is held too: it must be there for the third attempt.
    String other = "/\\.tmp-round-001-member-01-model\\.zip-.*";
    FaultyDisk.Order training = disk.pauseAt(RENAME, "/checkpoints/round-001-member-00\\.bin");
    FaultyDisk.Order beside = disk.pauseAt(CREATE, other);
    List<String> options = new ArrayList<>(List.of("--attempts", "6"));
    options.addAll(ONE_EXECUTOR);
    options.addAll(List.of("--conf", "spark.ui.enabled=false"));
    options.addAll(disk.options());
    Launcher.Running command = submit.start(command("cluster", options, experiment));

    training.struck(command.process());
    beside.struck(command.process());
    Console second = disk.here(() -> Console.runOn("local[1]", experiment));
    assertThat(second.exitCode()).as(second.err()).isEqualTo(4);
    assertThat(second.err())
        .contains("another driver works on the run")
        .contains("process " + cluster.driver().pid());
    assertThat(cluster.containers()).as("the driver and an executor").hasSize(2);
    for (ProcessHandle container : cluster.containers()) {
      assertThat(Path.of("/proc/" + container.pid() + "/environ"))
          .content()
          .contains("CONTAINER_ID=")
          .doesNotContainIgnoringCase("secret");
      assertThat(container.info().commandLine().orElseThrow()).doesNotContain("secret");
    }

    String predictions = "/\\.tmp-round-001-member-00-predictions\\.bin-.*";
    String outcome = "/members/round-001-member-01/outcome\\.json";
    String inTheNext = "/checkpoints/round-002-member-01\\.bin";
    Path checkpoints = run.resolve("checkpoints");
    killDriver(command, disk.pauseAt(CREATE, predictions), disk.pauseAt(CREATE, other));
    FaultyRun.damage(checkpoints.resolve("round-001-member-00.bin"), FaultyRun::flipped);
    killDriver(command, disk.pauseAt(RENAME, outcome));
    FaultyRun.damage(checkpoints.resolve("round-001-member-01.bin"), FaultyRun::truncated);
    killDriver(command, disk.pauseAt(RENAME, "/rounds/round-001\\.json"));
    assertThat(run.resolve("rounds/round-000.json")).exists();
    assertThat(run.resolve("rounds/round-001.json")).doesNotExist();
    FaultyDisk.Order again = disk.pauseAt(RENAME, inTheNext);
    ProcessHandle executor = killDriver(command, again);
    FaultyDisk.Order twice = disk.pauseAt(RENAME, inTheNext);
    executor.destroyForcibly();
    executor = twice.struck(command.process());
    FaultyDisk.Order leaves = disk.pauseAt(RENAME, "/checkpoints/round-003-member-00\\.bin");
    executor.destroyForcibly();
    Signals.leave(leaves.struck(command.process()));
    FaultyDisk.Order ending = disk.pauseAt(RENAME, "/summary\\.json");
    leaves.letGo();
    ending.struck(command.process());
    assertThat(run.resolve("rounds/round-003.json")).exists();
    assertThat(run.resolve("summary.json")).doesNotExist();
    killDriver(command);
    Launcher.Result result = command.result();
    assertExit(0, result);
    assertThat(FaultyRun.resultsOf(run)).isEqualTo(expected);

    ApplicationReport report = cluster.newest();
    assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(report.getCurrentApplicationAttemptId().getAttemptId()).isEqualTo(6);
    assertThat(cluster.logs(report))
        .contains("takes over the run", "that was killed", "continues after round 1 of 4")
        .contains("zoo round-003-member-00 was handed back by executor", "which is leaving");
    Stream.of(
            "training",
            "writing a member",
            "committing a member",
            "committing a round",
            "ending the run")
        .forEach(phase -> TRIED.add("driver killed: " + phase));
    TRIED.add("executor killed in the middle of a member");
    TRIED.add("… twice in a row");
    TRIED.add("executor decommissioned in the middle of a member");
    TRIED.add("flipped bit: checkpoint");
    TRIED.add("truncated: checkpoint");
    TRIED.add("two drivers on one run directory");
  }

  /**
   * Kills the driver; once all of these faults have struck its successor, gives the first one's.
   */
  private static ProcessHandle killDriver(Launcher.Running command, FaultyDisk.Order... orders)
      throws Exception {
    ProcessHandle driver = cluster.driver();
    driver.destroyForcibly();
    driver.onExit().join();
    List<ProcessHandle> struck = new ArrayList<>(List.of(driver));
    for (FaultyDisk.Order order : orders) {
      struck.add(order.struck(command.process()));
    }
    return struck.get(Math.min(1, orders.length));
  }

  @Test
  @Order(4)
  void aConfigurationWithAnErrorIsToldToTheClient() throws Exception {
    Launcher.Result result =
        submit.run(
            command(
                "cluster",
                List.of("--attempts", "2"),
                experiment("hdfs:///wrong", "zoo.rounds=0")));
    assertExit(1, result);
    String message = "zoo.rounds = 0 (override): must be a whole number of at least 1";
    assertThat(result.err()).contains("exit code 2", message);
    ApplicationReport report = cluster.newest();
    assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(report.getCurrentApplicationAttemptId().getAttemptId()).isEqualTo(2);
    assertThat(cluster.logs(report)).contains(message);

    Launcher.Result nowhere =
        submit.run(command("cluster", List.of("--queue", "nowhere"), experiment("hdfs:///wrong")));
    assertExit(1, nowhere);
    assertThat(nowhere.err()).contains("to unknown queue: nowhere");
  }

  @Test
  @Order(5)
  void executorsGetTheGpusThatYarnCounts() throws Exception {
    Path tools = Files.createDirectory(directory.resolve("tools"));
    Path command = tools.resolve("nvidia-smi");
    Files.write(
        command,
        List.of(
            "#!/bin/sh",
            "case \"$1\" in",
            "  -L) echo 'GPU 0: Tesla V100 (UUID: GPU-1)' ;;",
            "  *) echo '" + CARD + "' ;;",
            "esac"));
    assertThat(command.toFile().setExecutable(true)).isTrue();
    Launcher.Result refused =
        submit.run(
            command(
                "client",
                List.of(
                    "--gpus-per-executor",
                    "1",
                    "--conf",
                    "spark.executorEnv.PATH=" + tools + ":" + System.getenv("PATH")),
                experiment("hdfs:///gpus")));
    assertExit(4, refused);
    assertThat(refused.err())
        .containsPattern("executor [12] on .*; card 0: Tesla V100, compute capability 7.0")
        .containsPattern("modelzoo: executor [12]: card 0: Tesla V100.* can't be used")
        .doesNotContain("images/s");
    ApplicationReport report = cluster.newest();
    assertThat(report.getApplicationResourceUsageReport().getResourceSecondsMap())
        .hasEntrySatisfying("yarn.io/gpu", seconds -> assertThat(seconds).isPositive());
  }

  @Test
  @Order(6)
  void theTableInTheDocumentationTellsWhatWasTried() throws IOException {
    assertThat(new TreeSet<>(TRIED))
        .as("faults of docs/reliability.md whose column 'on YARN' is 'yes'")
        .isEqualTo(FaultTable.tried(PAGE, "on YARN"));
  }

  private static String[] experiment(String output, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of("training.checkpoint-every=1", "output.directory=\"" + output + "\""));
    all.addAll(List.of(settings));
    return TinyExperiment.arguments("train", directory, all.toArray(String[]::new));
  }

  /** The experiment's settings as lines of a configuration file. */
  private static List<String> settings(String output) {
    return Arrays.stream(experiment(output)).filter(word -> word.contains("=")).toList();
  }

  private static String[] command(String mode, List<String> options, String... program) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--deploy-mode",
                mode,
                "--num-executors",
                "2",
                "--executor-memory",
                "512m",
                "--driver-memory",
                "512m",
                "--jar",
                "hdfs:///apps/modelzoo-app.jar",
                "--conf",
                "spark.yarn.archive=hdfs:///apps/spark-jars.zip"));
    words.addAll(options);
    words.add("--");
    words.addAll(List.of(program));
    return words.toArray(String[]::new);
  }

  private static void assertExit(int code, Launcher.Result result) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(code);
  }
}

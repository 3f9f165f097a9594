package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.modelzoo.spark.faults.FaultyDisk.Operation.RENAME;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.modelzoo.spark.deploy.Manifest;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.kubernetes.ApiServer;
import org.modelzoo.spark.kubernetes.Kubelet;

/**
 * {@code deploy/kubernetes/submit}, the manifests and the pod templates, with Spark's Kubernetes
 * backend on an API server for tests; a kubelet of the tests starts the pods as processes. The
 * files are those of a run in one process, to the bit. The column "on Kubernetes" of the table in
 * docs/reliability.md is what happens here.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesClusterIT {
  private static final Path PAGE = Path.of("../docs/reliability.md");
  private static final String NAMESPACE = "modelzoo";
  private static final List<String> TRIED = new ArrayList<>();

  @TempDir private static Path directory;
  private static ApiServer server;
  private static Kubelet kubelet;
  private static Launcher submit;
  private static Path runs;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(ApiServer.isThere())
        .as("an API server, which mvn verify brings, but -pl spark-jobs alone does not")
        .isTrue();
    server = ApiServer.start(directory);
    for (Manifest manifest : Manifest.all()) {
      if (List.of("rbac.yaml", "storage.yaml", "config.yaml").contains(manifest.file())) {
        server.create(manifest.content());
      }
    }
    Path spark = SparkDistribution.lay(directory.resolve("spark"), ApiServer.sparkJars()).home();
    Map<String, Path> claims = new HashMap<>();
    for (JsonNode claim : server.list(NAMESPACE, "persistentvolumeclaims")) {
      claims.put(name(claim), Files.createDirectory(directory.resolve(name(claim))));
    }
    runs = claims.get("modelzoo-runs");
    Path target = Path.of("target").toAbsolutePath();
    Map<String, Path> image =
        Map.of(
            "/opt/spark",
            spark,
            "/opt/modelzoo/modelzoo-app.jar",
            target.resolve("modelzoo-app.jar"),
            "/opt/modelzoo/natives",
            target.resolve("natives"));
    kubelet = new Kubelet(server, NAMESPACE, directory, image, claims);
    submit =
        new Launcher(
            "kubernetes/submit",
            directory,
            Map.of("SPARK_HOME", spark.toString(), "JAVA_HOME", System.getProperty("java.home")));
    Path local = directory.resolve("local");
    Console undisturbed = Console.runOn("local[1]", TinyExperiment.arguments("train", local));
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
    expected = FaultyRun.resultsOf(local.resolve("tiny"));
  }

  @AfterAll
  static void stop() {
    if (kubelet != null) {
      kubelet.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Deletes the drivers' pods, as a user does; all that belonged to them must go with them. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    kubelet.check();
    kubelet.setRoom(true);
    for (JsonNode pod : drivers()) {
      server.delete(pod, "pods");
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!left().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(left()).isEmpty();
    assertThat(server.requestsOf("modelzoo-driver")).noneMatch(line -> line.contains("MAY NOT"));
    assertThat(server.requestsOf("modelzoo-executor")).isEmpty();
  }

  /** It writes where the config map says. */
  @Test
  @Order(1)
  void aDriverInAPod() throws Exception {
    List<String> words = new ArrayList<>(List.of(TinyExperiment.arguments("train", runs)));
    words.subList(words.size() - 2, words.size()).clear();
    words.addAll(List.of("--config", "/etc/modelzoo/cluster.conf"));
    Launcher.Result result = submit(cluster(), words).result();
    assertThat(result.exitCode()).as(log(result)).isZero();
    assertThat(FaultyRun.resultsOf(runs.resolve("tiny"))).isEqualTo(expected);

    JsonNode driver = onlyDriver();
    assertThat(driver.at("/status/phase").asText()).isEqualTo("Succeeded");
    assertThat(driver.at("/spec/serviceAccountName").asText()).isEqualTo("modelzoo-driver");
    assertThat(driver.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(driver.at("/spec/containers/0/livenessProbe").isMissingNode()).isFalse();
    assertThat(log(result)).contains("executor 1 on 127.77.");
    // Spark leaves the driver's pod and what belongs to it, which is no executor and no service.
    assertThat(left()).contains(name(driver)).noneMatch(it -> it.contains("-exec-"));
    assertThat(server.list(NAMESPACE, "services")).isEmpty();
    assertThat(server.requestsOf("modelzoo-driver"))
        .contains("may create pods", "may create configmaps", "may deletecollection pods");
  }

  @Test
  @Order(2)
  void aDriverHereWhoseExecutorsAreKilled() throws Exception {
    FaultyDisk disk = new FaultyDisk(directory.resolve("client-disk"));
    Path output = Files.createDirectory(directory.resolve("client"));
    String checkpoint = "/checkpoints/round-00%d-member-00\\.bin";
    FaultyDisk.Order once = disk.pauseAt(RENAME, checkpoint.formatted(0));
    FaultyDisk.Order again = disk.pauseAt(RENAME, checkpoint.formatted(0));
    FaultyDisk.Order leaves = disk.pauseAt(RENAME, checkpoint.formatted(2));
    List<String> options = new ArrayList<>(options(disk));
    options.addAll(List.of("--deploy-mode", "client", "--conf", "spark.driver.host=127.0.0.1"));
    Launcher.Running command = submit(options, train(output));
    for (FaultyDisk.Order order : List.of(once, again)) {
      order.struck(command.process()).destroyForcibly();
    }
    kubelet.drain(leaves.struck(command.process()));
    leaves.letGo();
    Launcher.Result result = command.result();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("executor 3 on 127.77.")
        .contains("zoo round-002-member-00 was handed back by executor", "which is leaving");
    assertThat(FaultyRun.resultsOf(output.resolve("tiny"))).isEqualTo(expected);
    assertThat(left()).isEmpty();
    TRIED.addAll(
        List.of(
            "executor killed in the middle of a member",
            "… twice in a row",
            "executor decommissioned in the middle of a member"));
  }

  @Test
  @Order(3)
  void aDriversPodThatIsKilled() throws Exception {
    FaultyDisk disk = new FaultyDisk(directory.resolve("cluster-disk"));
    Path output = Path.of("/runs/killed");
    FaultyDisk.Order order = disk.pauseAt(RENAME, "/rounds/round-001\\.json");
    Launcher.Running first = submit(clusterOptions(disk), train(output));
    ProcessHandle driver = order.struck(first.process());
    Launcher.Result second = submit(clusterOptions(disk), train(output)).result();
    assertThat(second.exitCode()).as(log(second)).isEqualTo(4);
    assertThat(log(second)).contains("another driver works on the run");
    driver.destroyForcibly();
    Launcher.Result killed = first.result();
    assertThat(killed.exitCode()).as(log(killed)).isEqualTo(137);
    assertThat(runs.resolve("killed/tiny/rounds/round-001.json")).doesNotExist();

    Launcher.Result last = submit(clusterOptions(disk), train(output)).result();
    assertThat(last.exitCode()).as(log(last)).isZero();
    assertThat(log(last)).contains("takes over the run", "continues after round 1 of 4");
    assertThat(FaultyRun.resultsOf(runs.resolve("killed/tiny"))).isEqualTo(expected);
    TRIED.addAll(List.of("driver killed: committing a round", "two drivers on one run directory"));
  }

  @Test
  @Order(4)
  void podsForWhichThereIsNoRoom() throws Exception {
    Path output = Files.createDirectory(directory.resolve("no-room"));
    kubelet.setRoom(false);
    List<String> options = new ArrayList<>(options());
    options.addAll(List.of("--deploy-mode", "client", "--conf", "spark.driver.host=127.0.0.1"));
    List<String> words =
        List.of(TinyExperiment.arguments("train", output, "cluster.executor-time-limit=10s"));
    Launcher.Result result = submit(options, words).result();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.err()).contains("cluster.executor-time-limit", "there is no executor");
    assertThat(left()).isEmpty();
    TRIED.add("no executor ever comes");
  }

  @Test
  @Order(5)
  void theTableInTheDocumentationTellsWhatWasTried() throws Exception {
    assertThat(new TreeSet<>(TRIED)).isEqualTo(FaultTable.tried(PAGE, "on Kubernetes"));
  }

  private static Launcher.Running submit(List<String> options, List<String> words)
      throws Exception {
    return submit.start(
        Stream.of(options, List.of("--"), words).flatMap(List::stream).toArray(String[]::new));
  }

  private static List<String> train(Path output) {
    List<String> words =
        new ArrayList<>(
            List.of(TinyExperiment.arguments("train", output, "training.checkpoint-every=1")));
    words.addAll(List.of("--set", "output.directory=\"" + FaultyDisk.uri(output) + "\""));
    return words;
  }

  private static List<String> clusterOptions(FaultyDisk disk) {
    List<String> options = new ArrayList<>(cluster());
    options.addAll(disk.options());
    return options;
  }

  private static List<String> options(FaultyDisk disk) {
    List<String> options = new ArrayList<>(options());
    options.addAll(disk.options());
    return options;
  }

  private static List<String> cluster() {
    List<String> options = new ArrayList<>(options());
    // In a cluster it has a name that pods know.
    options.addAll(List.of("--conf", "spark.kubernetes.driver.master=" + server.url()));
    options.addAll(List.of("--conf", "spark.kubernetes.report.interval=1s"));
    return options;
  }

  private static List<String> options() {
    List<String> options = new ArrayList<>(List.of("--master", "k8s://" + server.url()));
    options.addAll(List.of("--image", "modelzoo:cpu", "--num-executors", "2"));
    options.addAll(List.of("--executor-cores", "1", "--executor-memory", "512m"));
    options.addAll(List.of("--driver-memory", "512m"));
    options.addAll(List.of("--conf", "spark.ui.enabled=false"));
    options.addAll(List.of("--conf", "spark.kubernetes.allocation.batch.delay=500ms"));
    return options;
  }

  /** What a driver in a pod said, or why it didn't. */
  private static String log(Launcher.Result result) throws Exception {
    String submission = result.err();
    for (String line : submission.lines().toList()) {
      if (line.strip().startsWith("pod name: ")) {
        return kubelet.log(line.strip().substring("pod name: ".length())) + submission;
      }
    }
    return submission;
  }

  private static List<JsonNode> drivers() throws Exception {
    return server.list(NAMESPACE, "pods").stream()
        .filter(pod -> pod.at("/metadata/labels/spark-role").asText().equals("driver"))
        .toList();
  }

  private static JsonNode onlyDriver() throws Exception {
    assertThat(drivers()).hasSize(1);
    return drivers().get(0);
  }

  /** Names of what there is beside what the manifests made. */
  private static List<String> left() throws Exception {
    List<String> names = new ArrayList<>();
    for (String kinds : List.of("pods", "services", "configmaps")) {
      server.list(NAMESPACE, kinds).forEach(object -> names.add(name(object)));
    }
    names.remove("modelzoo-config");
    return names;
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}

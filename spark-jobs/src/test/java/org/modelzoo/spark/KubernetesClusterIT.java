package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.cli.Console;
import org.modelzoo.spark.deploy.Manifest;
import org.modelzoo.spark.kubernetes.ApiServer;
import org.modelzoo.spark.kubernetes.Kubelet;

@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesClusterIT {
  private static final String NAMESPACE = "modelzoo";

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
    SparkDistribution spark =
        SparkDistribution.lay(directory.resolve("spark"), ApiServer.sparkJars());
    Map<String, Path> claims = new HashMap<>();
    for (JsonNode claim : server.list(NAMESPACE, "persistentvolumeclaims")) {
      String name = claim.at("/metadata/name").asText();
      claims.put(name, Files.createDirectory(directory.resolve(name)));
    }
    runs = claims.get("modelzoo-runs");
    Map<String, Path> image = new HashMap<>();
    image.put("/opt/spark", spark.home());
    image.put("/opt/entrypoint.sh", spark.entryPoint());
    image.put("/opt/modelzoo/modelzoo-app.jar", Path.of("target/modelzoo-app.jar").toAbsolutePath());
    image.put("/opt/modelzoo/natives", Path.of("target/natives").toAbsolutePath());
    kubelet = new Kubelet(server, NAMESPACE, directory, image, claims);
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", spark.home().toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    submit = new Launcher("kubernetes/submit", directory, environment);
    Path local = directory.resolve("local");
    Console undisturbed = Console.runOn("local[1]", TinyExperiment.arguments("train", local));
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
    expected = FaultyRun.resultsOf(local.resolve("tiny"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      kubelet.close();
      server.close();
    }
  }

  @Test
  @Order(1)
  void aRunInClusterMode() throws Exception {
    String[] words = TinyExperiment.arguments("train", Path.of("/runs"));
    List<String> command = new ArrayList<>(options());
    command.addAll(List.of("--conf", "spark.kubernetes.driver.master=" + server.url(), "--"));
    command.addAll(List.of(words));
    Launcher.Result result = submit.run(command.toArray(String[]::new));
    System.out.println(result);
    for (JsonNode pod : server.list(NAMESPACE, "pods")) {
      System.out.println(pod + "\n" + kubelet.log(pod.at("/metadata/name").asText()));
    }
    System.out.println(server.list(NAMESPACE, "configmaps"));
    System.out.println(server.list(NAMESPACE, "services"));
    System.out.println(server.requestsOf("modelzoo-driver"));
    kubelet.check();
    assertThat(FaultyRun.resultsOf(runs.resolve("tiny"))).isEqualTo(expected);
  }

  @Test
  @Order(2)
  void aRunInClientMode() throws Exception {
    Path output = directory.resolve("client");
    String[] words = TinyExperiment.arguments("train", output);
    List<String> command = new ArrayList<>(options());
    command.addAll(List.of("--deploy-mode", "client"));
    command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1", "--"));
    command.addAll(List.of(words));
    Launcher.Result result = submit.run(command.toArray(String[]::new));
    System.out.println(result);
    System.out.println(server.list(NAMESPACE, "pods"));
    System.out.println(server.list(NAMESPACE, "configmaps"));
    System.out.println(server.list(NAMESPACE, "services"));
    kubelet.check();
    assertThat(FaultyRun.resultsOf(output.resolve("tiny"))).isEqualTo(expected);
  }

  private static List<String> options() {
    return List.of(
        "--master",
        "k8s://" + server.url(),
        "--image",
        "modelzoo:cpu",
        "--num-executors",
        "2",
        "--executor-cores",
        "1",
        "--executor-memory",
        "512m",
        "--driver-memory",
        "512m",
        "--conf",
        "spark.ui.enabled=false",
        "--conf",
        "spark.kubernetes.report.interval=200ms",
        "--conf",
        "spark.kubernetes.allocation.batch.delay=200ms");
  }
}

package org.modelzoo.spark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.TinyExperiment;

/**
 * A cluster started, used and stopped by the scripts, with authentication, encryption and made-up
 * cards.
 */
@Tag("full")
class StandaloneScriptsIT {
  @TempDir private Path directory;

  private final Map<String, String> settings = new HashMap<>();
  private Path cluster;
  private Path properties;
  private int page;

  @BeforeEach
  void configure() throws IOException {
    cluster = directory.resolve("the cluster");
    page = freePort();
    properties = directory.resolve("cluster.properties");
    Files.write(properties, StandaloneReadme.properties("made-up"));
    Path cards =
        DeployProgram.write(
            directory.resolve("made up/cards"),
            "#!/bin/sh",
            "echo '{\"name\":\"gpu\",\"addresses\":[\"4\",\"7\",\"9\"]}'");
    settings.put("MODELZOO_CLUSTER", cluster.toString());
    settings.put("MODELZOO_MASTER_PORT", Integer.toString(freePort()));
    settings.put("MODELZOO_MASTER_UI_PORT", Integer.toString(page));
    settings.put("MODELZOO_WORKER_CORES", "1");
    settings.put("MODELZOO_WORKER_MEMORY", "1g");
    settings.put("MODELZOO_WORKER_GPUS", "1");
    settings.put("MODELZOO_GPU_DISCOVERY", cards.toString());
    settings.put("MODELZOO_CLUSTER_PROPERTIES", properties.toString());
    settings.put("SPARK_LOCAL_IP", "127.0.0.1");
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    scripts().run("standalone/stop");
  }

  @Test
  void aMasterAndTwoWorkersTrainAndEnd() throws Exception {
    DeployProgram.Result started = scripts().run("standalone/start");
    assertThat(started.exitCode()).as(started.err()).isZero();
    assertThat(started.out()).contains("master started", "worker-1 started", "worker-2 started");
    assertThat(addressesOfWorkers()).containsExactlyInAnyOrder("4", "7");

    assertThat(train().exitCode()).isZero();
    assertThat(directory.resolve("runs/tiny/summary.json")).exists();

    Map<String, Long> processes = processes();
    DeployProgram.Result again = scripts().run("standalone/start");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("master runs already", "worker-2 runs already");
    assertThat(processes()).isEqualTo(processes);

    ProcessHandle lost = ProcessHandle.of(processes.get("worker-1")).orElseThrow();
    lost.destroyForcibly();
    lost.onExit().join();
    DeployProgram.Result repaired = scripts().run("standalone/start", "workers");
    assertThat(repaired.exitCode()).as(repaired.err()).isZero();
    assertThat(repaired.out()).contains("worker-1 started", "worker-2 runs already");

    List<Long> last = List.copyOf(processes().values());
    assertThat(last).allMatch(StandaloneScriptsIT::runs);
    DeployProgram.Result stopped = scripts().run("standalone/stop");
    assertThat(stopped.exitCode()).as(stopped.err()).isZero();
    assertThat(stopped.out()).contains("worker-1 stopped", "worker-2 stopped", "master stopped");
    assertThat(last).noneMatch(StandaloneScriptsIT::runs);
    DeployProgram.Result nothing = scripts().run("standalone/stop");
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.out()).contains("nothing runs");
  }

  @Test
  void aPortThatIsTakenIsAnError() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.put("MODELZOO_MASTER_PORT", Integer.toString(other.getLocalPort()));
      assertFails(4, "is taken; set MODELZOO_MASTER_PORT", "master");
    }
  }

  @Test
  void cardsThatAreNotThereAreAnError() throws Exception {
    settings.put("MODELZOO_WORKER_GPUS", "2");
    assertFails(4, "want 4 cards, and", "workers", "spark://127.0.0.1:1");
  }

  @Test
  void settingsThatMakeNoSenseAreErrors() throws Exception {
    assertFails(2, "coffee is nothing to start", "coffee");
    assertFails(2, "host is not a valid master URL", "workers", "host");
    for (Map.Entry<String, String> wrong :
        Map.of(
                "MODELZOO_WORKERS", "0",
                "MODELZOO_WORKER_MEMORY", "much",
                "MODELZOO_CLUSTER_PROPERTIES", "/missing",
                "SPARK_HOME", "/missing")
            .entrySet()) {
      String before = settings.put(wrong.getKey(), wrong.getValue());
      assertFails(2, wrong.getKey());
      settings.put(wrong.getKey(), before);
      settings.values().removeIf(value -> value == null);
    }
  }

  private void assertFails(int code, String message, String... arguments) throws Exception {
    DeployProgram.Result failed = scripts().run("standalone/start", arguments);
    assertThat(failed.exitCode()).isEqualTo(code);
    assertThat(failed.err()).startsWith("start: ").contains(message);
  }

  private DeployProgram.Result train() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(TinyExperiment.arguments("train", directory.resolve("runs"))));
    arguments.addAll(
        List.of(
            "--master",
            "spark://127.0.0.1:" + settings.get("MODELZOO_MASTER_PORT"),
            "--properties-file",
            properties.toString(),
            "--executor-memory",
            "512m",
            "--conf",
            "spark.driver.host=127.0.0.1"));
    return new DeployProgram(directory, Map.of("SPARK_LOCAL_IP", "127.0.0.1"))
        .run("modelzoo", arguments.toArray(String[]::new));
  }

  private DeployProgram scripts() {
    return new DeployProgram(directory, settings);
  }

  /** Process ids by the names of the daemons. */
  private Map<String, Long> processes() throws IOException {
    Map<String, Long> found = new HashMap<>();
    for (String name : List.of("master", "worker-1", "worker-2")) {
      String text = Files.readString(cluster.resolve(name + ".pid")).strip();
      found.put(name, Long.parseLong(text));
    }
    return found;
  }

  /** A process that has ended may stay in the list until it is waited for, but has no command. */
  private static boolean runs(long process) {
    return ProcessHandle.of(process).flatMap(handle -> handle.info().command()).isPresent();
  }

  /** Addresses of the cards that the master believes its workers to have. */
  private List<String> addressesOfWorkers() throws IOException {
    JsonNode state =
        new ObjectMapper().readTree(URI.create("http://127.0.0.1:" + page + "/json/").toURL());
    assertThat(state.path("aliveworkers").asInt()).isEqualTo(2);
    List<String> addresses = new ArrayList<>();
    for (JsonNode worker : state.path("workers")) {
      assertThat(worker.at("/resources/gpu/addresses")).as(state.toPrettyString()).hasSize(1);
      addresses.add(worker.at("/resources/gpu/addresses/0").asText());
    }
    return addresses;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

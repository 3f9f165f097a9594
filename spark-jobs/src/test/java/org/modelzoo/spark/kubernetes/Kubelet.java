package org.modelzoo.spark.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.modelzoo.spark.faults.Signals;

/**
 * What a node and two controllers do for the pods of a namespace: starts each pod's command as a
 * process of this machine, tells the API server how it is and how it ended, ends processes whose
 * pod was deleted, and deletes what belonged to objects that are gone.
 */
public final class Kubelet implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OWNED = List.of("pods", "services", "configmaps");

  private final ApiServer server;
  private final String namespace;
  private final Path directory;
  private final Path entryPoint;
  private final Map<String, Path> image;
  private final Map<String, Path> claims;
  private final Map<String, Started> started = new ConcurrentHashMap<>();
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::work, "kubelet");
  private volatile boolean closed;
  private volatile boolean hasRoom = true;
  private volatile Exception broken;

  private record Started(JsonNode pod, Process process, Path log) {
    String name() {
      return pod.at("/metadata/name").asText();
    }
  }

  /**
   * Starts to look after pods.
   *
   * @param image paths in the pods' image to files of this machine
   * @param claims names of volume claims to directories
   */
  public Kubelet(
      ApiServer server,
      String namespace,
      Path directory,
      Map<String, Path> image,
      Map<String, Path> claims)
      throws IOException {
    this.entryPoint = EntryPoint.write(directory.resolve("entrypoint.sh"));
    this.server = server;
    this.namespace = namespace;
    this.directory = directory;
    this.image = Map.copyOf(image);
    this.claims = Map.copyOf(claims);
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether there is room for further pods; they stay pending where there is none. */
  public void setRoom(boolean room) {
    hasRoom = room;
  }

  /** The log of a pod, also after its end. */
  public String log(String pod) throws IOException {
    for (Started one : started.values()) {
      if (one.name().equals(pod)) {
        return Files.readString(one.log);
      }
    }
    return "";
  }

  /**
   * What a node that is drained does first for the pod of a process: its {@code preStop} hook,
   * which is the script of Spark's image that sends the executor SIGPWR.
   */
  public void drain(ProcessHandle process) {
    Started pod =
        started.values().stream()
            .filter(it -> it.process.pid() == process.pid() || isWithin(it.process, process))
            .findAny()
            .orElseThrow();
    String hook = "/lifecycle/preStop/exec/command";
    JsonNode command = PodFiles.container(pod.pod).at(hook);
    if (!command.path(0).asText().equals("/opt/decom.sh")) {
      throw new AssertionError(hook + " is not Spark's script: " + command);
    }
    Signals.leave(process);
  }

  private static boolean isWithin(Process pod, ProcessHandle process) {
    return pod.descendants().anyMatch(it -> it.pid() == process.pid());
  }

  /** Fails where something has gone wrong here, or a pod waits for what nobody makes. */
  public void check() {
    if (broken != null || !waiting.isEmpty()) {
      throw new AssertionError("the kubelet is stuck: " + waiting.values(), broken);
    }
  }

  private void work() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(150);
        collectGarbage();
        lookAfterPods();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        broken = e;
      }
    }
  }

  private void collectGarbage() throws IOException, InterruptedException {
    Set<String> alive = new HashSet<>();
    Map<JsonNode, String> all = new HashMap<>();
    for (String kinds : OWNED) {
      for (JsonNode object : server.list(namespace, kinds)) {
        alive.add(object.at("/metadata/uid").asText());
        all.put(object, kinds);
      }
    }
    for (Map.Entry<JsonNode, String> object : all.entrySet()) {
      for (JsonNode owner : object.getKey().at("/metadata/ownerReferences")) {
        if (!alive.contains(owner.path("uid").asText())) {
          server.delete(object.getKey(), object.getValue());
        }
      }
    }
  }

  private void lookAfterPods() throws IOException, InterruptedException {
    Set<String> there = new HashSet<>();
    for (JsonNode pod : server.list(namespace, "pods")) {
      String uid = pod.at("/metadata/uid").asText();
      there.add(uid);
      Started known = started.get(uid);
      String phase = pod.at("/status/phase").asText();
      if (known == null && phase.equals("Pending") && hasRoom) {
        startOnceAllIsThere(uid, pod);
      } else if (known != null && phase.equals("Running") && !known.process.isAlive()) {
        server.setStatus(pod, ended(pod, known.process.exitValue()));
      }
    }
    started.forEach(
        (uid, pod) -> {
          if (!there.contains(uid)) {
            pod.process.descendants().forEach(ProcessHandle::destroy);
            pod.process.destroy();
          }
        });
  }

  /** Spark makes a driver's config maps after its pod. */
  private void startOnceAllIsThere(String uid, JsonNode pod)
      throws IOException, InterruptedException {
    try {
      start(uid, pod);
    } catch (PodFiles.MissingException e) {
      waiting.put(uid, e.getMessage());
    }
  }

  private void start(String uid, JsonNode pod)
      throws IOException, InterruptedException, PodFiles.MissingException {
    String name = pod.at("/metadata/name").asText();
    // Each pod has an address of its own, so that ports never meet.
    int number = started.size();
    String address = "127.77.%d.%d".formatted(number / 250, 1 + number % 250);
    Path home = Files.createDirectories(directory.resolve(name));
    Map<String, JsonNode> maps = new HashMap<>();
    for (JsonNode map : server.list(namespace, "configmaps")) {
      maps.put(map.at("/metadata/name").asText(), map);
    }
    PodFiles files = new PodFiles(pod, home, image, services(pod, address), claims, maps);
    JsonNode container = PodFiles.container(pod);
    List<String> command = new ArrayList<>(List.of(entryPoint.toString()));
    container.path("args").forEach(word -> command.add(files.local(word.asText())));
    Path log = home.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("SPARK_") || key.startsWith("KUBE"));
    environment.put("SPARK_HOME", image.get("/opt/spark").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    environment.put("OMP_NUM_THREADS", "1");
    environment.put("HOSTNAME", name);
    environment.put("SPARK_LOCAL_IP", address);
    JsonNode account = pod.at("/spec/serviceAccountName");
    Path token = Files.writeString(home.resolve("token"), account.asText());
    environment.put("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", token.toString());
    environment.put("KUBECONFIG", home.resolve("none").toString());
    for (JsonNode variable : container.path("env")) {
      String value =
          switch (variable.at("/valueFrom/fieldRef/fieldPath").asText()) {
            case "" -> variable.path("value").asText();
            case "status.podIP" -> address;
            case "metadata.name" -> name;
            default -> throw new IOException("a variable of which nothing is known: " + variable);
          };
      environment.put(variable.path("name").asText(), files.local(value));
    }
    waiting.remove(uid);
    started.put(uid, new Started(pod, builder.start(), log));
    ObjectNode status = JSON.createObjectNode().put("phase", "Running").put("podIP", address);
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    server.setStatus(pod, status);
  }

  /** The host names of services in front of a driver, whose address is the pod's. */
  private Map<String, String> services(JsonNode pod, String address)
      throws IOException, InterruptedException {
    Map<String, String> names = new HashMap<>();
    String application = pod.at("/metadata/labels/spark-app-selector").asText();
    for (JsonNode service : server.list(namespace, "services")) {
      if (service.at("/spec/selector/spark-app-selector").asText().equals(application)) {
        names.put(service.at("/metadata/name").asText() + "." + namespace + ".svc", address);
      }
    }
    return names;
  }

  private static ObjectNode ended(JsonNode pod, int exitCode) {
    ObjectNode status = JSON.createObjectNode();
    status.put("phase", exitCode == 0 ? "Succeeded" : "Failed");
    status
        .putArray("containerStatuses")
        .addObject()
        .put("name", PodFiles.container(pod).path("name").asText())
        .put("image", PodFiles.container(pod).path("image").asText())
        .putObject("state")
        .putObject("terminated")
        .put("exitCode", exitCode)
        .put("reason", exitCode == 0 ? "Completed" : "Error");
    return status;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    for (Started pod : started.values()) {
      pod.process.descendants().forEach(ProcessHandle::destroyForcibly);
      pod.process.destroyForcibly();
    }
  }
}

package org.modelzoo.spark.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An API server for tests in a process of its own. It keeps what it is sent and lets service
 * accounts do what their roles allow.
 */
public final class ApiServer implements AutoCloseable {
  private static final Path MODULE = Path.of("src/test/kubernetes/target").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;
  private final int port;

  private ApiServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Whether the build has brought the server. */
  public static boolean isThere() {
    return Files.isDirectory(MODULE.resolve("server-jars"))
        && Files.isDirectory(MODULE.resolve("test-classes"));
  }

  /** What Spark needs to speak to it, beside the jars that the build lays into target/spark. */
  public static Path sparkJars() {
    return MODULE.resolve("spark-jars");
  }

  /** Starts an empty server; returns when it answers. */
  public static ApiServer start(Path directory) throws IOException, InterruptedException {
    int port = freePort();
    Path log = directory.resolve("api-server.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                MODULE.resolve("server-jars") + "/*:" + MODULE.resolve("test-classes"),
                "org.modelzoo.kubernetes.ApiServer",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApiServer server = new ApiServer(process, log, port);
    server.awaitAnswer();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      try {
        list("default", "pods");
        return;
      } catch (ConnectException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** Its address. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What accounts did and what they were refused, a line for each request. */
  public List<String> requestsOf(String account) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith(account + " "))
        .map(line -> line.substring(account.length() + 1))
        .toList();
  }

  /** Makes an object of a manifest, where kubectl would make it. */
  public void create(JsonNode manifest) throws IOException, InterruptedException {
    String version = manifest.path("apiVersion").asText();
    String namespace = manifest.at("/metadata/namespace").asText();
    send(
        "POST",
        "/%s/%s%s%ss"
            .formatted(
                version.contains("/") ? "apis" : "api",
                version,
                namespace.isEmpty() ? "/" : "/namespaces/" + namespace + "/",
                manifest.path("kind").asText().toLowerCase(java.util.Locale.ROOT)),
        "application/json",
        manifest.toString());
  }

  /** All objects of a kind in a namespace. */
  public List<JsonNode> list(String namespace, String kinds)
      throws IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    send("GET", path(namespace, kinds), "application/json", "").path("items").forEach(items::add);
    return items;
  }

  /** Changes the status of a pod. */
  void setStatus(JsonNode pod, JsonNode status) throws IOException, InterruptedException {
    send(
        "PATCH",
        pathOf(pod, "pods") + "/status",
        "application/merge-patch+json",
        JSON.createObjectNode().set("status", status).toString());
  }

  /** Deletes an object. */
  public void delete(JsonNode object, String kinds) throws IOException, InterruptedException {
    send("DELETE", pathOf(object, kinds), "application/json", "");
  }

  private static String pathOf(JsonNode object, String kinds) {
    return path(object.at("/metadata/namespace").asText(), kinds)
        + "/"
        + object.at("/metadata/name").asText();
  }

  private static String path(String namespace, String kinds) {
    return "/api/v1/namespaces/" + namespace + "/" + kinds;
  }

  private JsonNode send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(java.time.Duration.ofSeconds(20))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300 && response.statusCode() != 404) {
      throw new IOException(method + " " + path + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

package org.modelzoo.spark.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tracking server that speaks MLflow's REST interface, as strictly as its documentation. */
public final class FakeMlflow implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final Pattern NESTED = Pattern.compile("tags\\.`mlflow.parentRunId` = '(.*)'");
  private static final int PAGE = 3;

  static {
    // Without it every answer takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, byte[]> artifacts = new TreeMap<>();
  private final List<String> refusals = new ArrayList<>();
  private int status = 200;
  private final Set<String> authorizations = new HashSet<>();
  private final AtomicInteger silent = new AtomicInteger();
  private int failures;

  private FakeMlflow(HttpServer server) {
    this.server = server;
  }

  /** What a run was told. */
  public static final class Run {
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, String> params = new TreeMap<>();
    final Map<String, List<Long>> steps = new TreeMap<>();
    final Map<String, List<Double>> values = new TreeMap<>();
    final Set<String> points = new HashSet<>();
    String name = "";
    String status = "RUNNING";

    public String name() {
      return name;
    }

    public String status() {
      return status;
    }

    public Map<String, String> tags() {
      return tags;
    }

    public Map<String, String> params() {
      return params;
    }

    /** Steps of every metric, in the order they came. */
    public Map<String, List<Long>> steps() {
      return steps;
    }

    /** Values of every metric, in the order they came. */
    public Map<String, List<Double>> values() {
      return values;
    }
  }

  public static FakeMlflow start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeMlflow mlflow = new FakeMlflow(server);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", mlflow::handle);
    server.start();
    return mlflow;
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers everything with this status from now on. */
  public synchronized void answer(int code) {
    status = code;
  }

  /** Answers the next requests with a passing fault. */
  synchronized void fail(int requests) {
    failures = requests;
  }

  /** Lets the next requests wait for an answer in vain. */
  void keepSilent(int requests) {
    silent.set(requests);
  }

  /** The headers of this name that came. */
  synchronized Set<String> authorizations() {
    return Set.copyOf(authorizations);
  }

  public synchronized Map<String, Run> runs() {
    return new LinkedHashMap<>(runs);
  }

  public synchronized Map<String, byte[]> artifacts() {
    return new TreeMap<>(artifacts);
  }

  /** Requests that no MLflow would take. */
  public synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  public synchronized Map<String, String> experiments() {
    return Map.copyOf(experiments);
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (silent.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      answer(exchange);
    }
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    authorizations.addAll(
        exchange.getRequestHeaders().getOrDefault("Authorization", List.of("none")));
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      if (failures > 0) {
        failures--;
        send(exchange, 503, MAPPER.createObjectNode());
      } else if (status != 200) {
        send(exchange, status, MAPPER.createObjectNode());
      } else if (path.startsWith(ARTIFACTS) && exchange.getRequestMethod().equals("PUT")) {
        artifacts.put(path.substring(ARTIFACTS.length()), body);
        send(exchange, 200, MAPPER.createObjectNode());
      } else if (path.startsWith(API)) {
        String query = exchange.getRequestURI().getRawQuery();
        String call = exchange.getRequestMethod() + " " + path.substring(API.length());
        send(exchange, 200, answer(call, query == null ? "" : query, body));
      } else {
        throw new Refused(404, "ENDPOINT_NOT_FOUND", path);
      }
    } catch (Refused e) {
      if (e.status == 400) {
        refusals.add(e.getMessage());
      }
      send(
          exchange,
          e.status,
          MAPPER.createObjectNode().put("error_code", e.code).put("message", e.getMessage()));
    }
  }

  private JsonNode answer(String call, String query, byte[] body) throws IOException {
    JsonNode json = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
    ObjectNode nothing = MAPPER.createObjectNode();
    switch (call) {
      case "GET experiments/get-by-name" -> {
        String name = URLDecoder.decode(query.substring("experiment_name=".length()), UTF_8);
        if (!experiments.containsKey(name)) {
          throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", name);
        }
        nothing
            .putObject("experiment")
            .put("experiment_id", experiments.get(name))
            .put("name", name);
        return nothing;
      }
      case "POST experiments/create" -> {
        String id = Integer.toString(experiments.size() + 1);
        experiments.put(required(json, "name"), id);
        return nothing.put("experiment_id", id);
      }
      case "POST runs/create" -> {
        require(experiments.containsValue(required(json, "experiment_id")), "no experiment");
        require(json.path("start_time").asLong() > 1_600_000_000_000L, "start_time");
        String id = "%032x".formatted(runs.size() + 1);
        Run run = new Run();
        run.name = required(json, "run_name");
        runs.put(id, run);
        json.path("tags").forEach(tag -> run.tags.put(key(tag), tag.path("value").asText()));
        return nothing.set("run", describe(id));
      }
      case "GET runs/get" -> {
        String id = query.replaceAll("(^|.*&)run_id=([0-9a-f]{32}).*", "$2");
        run(id);
        return nothing.set("run", describe(id));
      }
      case "POST runs/update" -> {
        Run run = run(required(json, "run_id"));
        run.status = required(json, "status");
        require(run.status.matches("RUNNING|FINISHED|FAILED|KILLED"), run.status);
        return nothing;
      }
      case "POST runs/log-batch" -> {
        require(body.length <= 1_000_000, "a request of more than 1,000,000 bytes");
        log(run(required(json, "run_id")), json);
        return nothing;
      }
      case "POST runs/search" -> {
        Matcher filter = NESTED.matcher(json.path("filter").asText());
        require(filter.matches(), "filter: " + json.path("filter").asText());
        require(json.path("max_results").asInt() <= 50_000, "max_results");
        List<String> nested = new ArrayList<>();
        runs.forEach(
            (id, run) -> {
              if (filter.group(1).equals(run.tags.get("mlflow.parentRunId"))) {
                nested.add(0, id);
              }
            });
        int from = json.path("page_token").asInt(0);
        ArrayNode found = nothing.putArray("runs");
        nested.stream().skip(from).limit(PAGE).forEach(id -> found.add(describe(id)));
        if (from + PAGE < nested.size()) {
          nothing.put("next_page_token", Integer.toString(from + PAGE));
        }
        return nothing;
      }
      default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", call);
    }
  }

  private void log(Run run, JsonNode json) {
    JsonNode metrics = json.path("metrics");
    JsonNode params = json.path("params");
    JsonNode tags = json.path("tags");
    require(metrics.size() <= 1000, "more than 1000 metrics");
    require(params.size() <= 100 && tags.size() <= 100, "more than 100 params or tags");
    require(metrics.size() + params.size() + tags.size() <= 1000, "more than 1000 values");
    Set<String> keys = new HashSet<>();
    for (JsonNode param : params) {
      require(keys.add(key(param)), "a param twice: " + key(param));
      String value = required(param, "value");
      require(value.length() <= 500, "a param of more than 500 characters");
      String before = run.params.put(key(param), value);
      require(before == null || before.equals(value), "another value for " + key(param));
    }
    for (JsonNode metric : metrics) {
      require(metric.path("value").isNumber(), "a metric that is no number: " + metric);
      require(metric.path("timestamp").asLong() > 1_600_000_000_000L, "timestamp");
      // A member may be trained again.
      boolean isOnce = !key(metric).startsWith("training/") && !key(metric).startsWith("test_");
      boolean isNew = run.points.add(key(metric) + " at " + metric.path("step").asLong());
      require(isNew || !isOnce || metric.path("step").asLong() == 0, "a metric twice: " + metric);
      run.steps
          .computeIfAbsent(key(metric), name -> new ArrayList<>())
          .add(metric.path("step").asLong());
      run.values
          .computeIfAbsent(key(metric), name -> new ArrayList<>())
          .add(metric.path("value").asDouble());
    }
    for (JsonNode tag : tags) {
      require(tag.path("value").asText().length() <= 5000, "a tag of more than 5000 characters");
      run.tags.put(key(tag), tag.path("value").asText());
    }
  }

  private JsonNode describe(String id) {
    ObjectNode run = MAPPER.createObjectNode();
    run.putObject("info")
        .put("run_id", id)
        .put("run_uuid", id)
        .put("experiment_id", "1")
        .put("status", runs.get(id).status)
        .put("artifact_uri", "mlflow-artifacts:/1/" + id + "/artifacts");
    ArrayNode tags = run.putObject("data").putArray("tags");
    runs.get(id).tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return run;
  }

  private Run run(String id) {
    if (!runs.containsKey(id)) {
      throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "run " + id);
    }
    return runs.get(id);
  }

  private static String key(JsonNode node) {
    String key = required(node, "key");
    require(key.matches("[\\p{L}\\p{N}_./ -]{1,250}"), "key " + key);
    require(!key.startsWith("/") && key.equals(Path.of(key).normalize().toString()), "key " + key);
    return key;
  }

  private static String required(JsonNode json, String name) {
    require(json.path(name).isTextual() && !json.path(name).asText().isEmpty(), name);
    return json.path(name).asText();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Refused(400, "INVALID_PARAMETER_VALUE", what);
    }
  }

  private static void send(HttpExchange exchange, int code, JsonNode json) throws IOException {
    byte[] content = MAPPER.writeValueAsBytes(json);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }
}

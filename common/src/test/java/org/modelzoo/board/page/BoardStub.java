package org.modelzoo.board.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers as the board's server does, from entries that a test changes. */
final class BoardStub implements AutoCloseable {
  /** The policy that the page has to live with. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'";

  /** Fewer than the server's, so that a page of them isn't the whole. */
  private static final int MOST_AT_ONCE = 150;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> details = new LinkedHashMap<>();
  private final Map<String, List<Map<String, Object>>> sections = new LinkedHashMap<>();
  private final List<OutputStream> followers = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private int version = 1;

  BoardStub() throws IOException {
    this(0);
  }

  BoardStub(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> asset(exchange, "/index.html"));
    server.createContext(
        "/assets/", exchange -> asset(exchange, exchange.getRequestURI().getPath()));
    server.createContext("/api/v1/entries", this::answer);
    server.createContext("/api/v1/changes", this::follow);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Adds an entry or changes fields of it, and tells whoever follows. */
  synchronized void put(String id, Map<String, Object> fields) throws IOException {
    entries.computeIfAbsent(id, BoardStub::unknown).putAll(fields);
    version++;
    tell(List.of(id), List.of());
  }

  /** What its page shows beside its fields. */
  synchronized void describe(
      String id, Map<String, Object> detail, List<Map<String, Object>> shown) {
    details.put(id, detail);
    sections.put(id, shown);
  }

  synchronized void remove(String id) throws IOException {
    entries.remove(id);
    version++;
    tell(List.of(), List.of(id));
  }

  private void tell(List<String> changed, List<String> removed) throws IOException {
    String data =
        JSON.writeValueAsString(Map.of("version", version, "changed", changed, "removed", removed));
    byte[] message = ("event: changes\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    followers.removeIf(follower -> !isReached(follower, message));
  }

  private static boolean isReached(OutputStream follower, byte[] message) {
    try {
      follower.write(message);
      follower.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, Object> unknown(String id) {
    Map<String, Object> entry = new LinkedHashMap<>();
    Stream.of(
            "parent",
            "reason",
            "method",
            "data",
            "network",
            "engine",
            "precision",
            "device",
            "seed",
            "done",
            "planned",
            "eta",
            "accuracy",
            "forgetting",
            "imagesPerSecond",
            "cardSeconds",
            "coreSeconds",
            "started",
            "updated",
            "owner")
        .forEach(field -> entry.put(field, null));
    entry.putAll(
        Map.of(
            "id",
            id,
            "root",
            "file:/runs",
            "path",
            id,
            "name",
            id,
            "kind",
            "run",
            "children",
            0,
            "state",
            "finished",
            "unit",
            "rounds",
            "trend",
            List.of()));
    return entry;
  }

  private void asset(HttpExchange exchange, String path) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String type =
        Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml")
            .getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/html");
    for (String folder : List.of("/org/modelzoo/board/page/", "/org/modelzoo/report/page/")) {
      try (InputStream in = BoardStub.class.getResourceAsStream(folder + name)) {
        if (in != null) {
          send(exchange, 200, type, in.readAllBytes());
          return;
        }
      }
    }
    send(exchange, 404, "text/plain", new byte[0]);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    Map<String, String> query = query(exchange.getRequestURI());
    if (path.length == 4) {
      list(exchange, query);
    } else if (!entries.containsKey(path[4])) {
      error(exchange, 404, "There is no entry '" + path[4] + "'.");
    } else if (path.length == 5) {
      Map<String, Object> detail = new LinkedHashMap<>(details.getOrDefault(path[4], Map.of()));
      detail.putIfAbsent("live", null);
      detail.putIfAbsent("command", null);
      Stream.of("configuration", "lineage", "files")
          .forEach(field -> detail.putIfAbsent(field, List.of()));
      detail.put("entry", entries.get(path[4]));
      json(exchange, 200, detail);
    } else if (path[5].equals("tasks")) {
      json(
          exchange,
          200,
          Map.of(
              "zoo", path[4],
              "image", Map.of("height", 8, "width", 8, "channels", 3),
              "tasks", List.of()));
    } else if (path[5].equals("sections")) {
      json(
          exchange,
          200,
          Map.of(
              "title",
              path[4],
              "lead",
              "zoo of 3 tasks, seed 7: as it is now.",
              "sections",
              sections.getOrDefault(path[4], List.of()).stream()
                  .filter(it -> query.containsKey("with") || !it.get("id").equals("comparison"))
                  .toList()));
    } else {
      Map<String, Object> events = new LinkedHashMap<>();
      events.put("events", List.of(Map.of("event", "started", "at", "2026-01-01T00:00:00Z")));
      events.put("next", null);
      json(exchange, 200, events);
    }
  }

  /** Knows a word of the name; a filter with a sign is refused. */
  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    String filter = query.getOrDefault("filter", "");
    if (filter.contains(">")) {
      error(exchange, 400, "'" + filter + "' can't be read: no such column.");
      return;
    }
    String parent = query.get("parent");
    String sort = query.getOrDefault("sort", "name");
    String field = sort.replaceFirst("^-", "");
    Comparator<Map<String, Object>> order =
        Comparator.comparing(
            entry -> entry.get(field) instanceof Number number ? number.doubleValue() : 0.0);
    Comparator<Map<String, Object>> byName =
        Comparator.comparing(entry -> entry.get("name").toString());
    List<Map<String, Object>> matching =
        entries.values().stream()
            .filter(entry -> entry.get("name").toString().contains(filter))
            .filter(
                entry ->
                    !query.containsKey("state") || query.get("state").equals(entry.get("state")))
            .filter(
                entry ->
                    parent == null
                        || (parent.equals("none")
                            ? entry.get("parent") == null
                            : parent.equals(entry.get("parent"))))
            .sorted((sort.startsWith("-") ? order.reversed() : order).thenComparing(byName))
            .toList();
    int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
    int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
    json(
        exchange,
        200,
        Map.of(
            "version", version,
            "total", entries.size(),
            "matching", matching.size(),
            "offset", offset,
            "entries", matching.stream().skip(offset).limit(Math.min(limit, MOST_AT_ONCE)).toList(),
            "roots", List.of(Map.of("root", "file:/runs", "state", "ok", "message", ""))));
  }

  private static Map<String, String> query(URI address) {
    if (address.getRawQuery() == null) {
      return Map.of();
    }
    return Stream.of(address.getRawQuery().split("&", -1))
        .map(it -> it.split("=", 2))
        .collect(
            Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
  }

  private void follow(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    followers.add(out);
  }

  private static void error(HttpExchange exchange, int status, String message) throws IOException {
    json(exchange, status, Map.of("error", message));
  }

  private static void json(HttpExchange exchange, int status, Object value) throws IOException {
    send(exchange, status, "application/json", JSON.writeValueAsBytes(value));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

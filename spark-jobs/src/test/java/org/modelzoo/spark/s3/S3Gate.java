package org.modelzoo.spark.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands between programs and an S3 server; faults can be ordered for what passes. */
public final class S3Gate implements AutoCloseable {
  /** Those that Java's client sets itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private final URI server;
  private final HttpServer gate;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Order> orders = new CopyOnWriteArrayList<>();

  /** A gate in front of a server. */
  public S3Gate(S3Server server) throws IOException {
    this.server = server.endpoint();
    this.gate = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gate.setExecutor(threads);
    gate.createContext("/", this::handle);
    gate.start();
  }

  /** Writes a {@code core-site.xml} by which programs reach the server through the gate. */
  public Path configuration(Path directory) throws IOException {
    String site =
        """
        <configuration>
        <property><name>fs.s3a.endpoint</name><value>http://127.0.0.1:%d</value></property>
        <property><name>fs.s3a.endpoint.region</name><value>us-east-1</value></property>
        <property><name>fs.s3a.path.style.access</name><value>true</value></property>
        <property><name>fs.s3a.aws.credentials.provider</name>
          <value>org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider</value></property>
        </configuration>
        """;
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("core-site.xml"), site.formatted(gate.getAddress().getPort()));
    return directory;
  }

  /** The next request of this kind waits, and is never passed on. */
  public Order holdAt(String method, String pattern) {
    return order(new Order(method, pattern, Fault.HOLD));
  }

  /** Connections end in the middle of requests of this kind, until the order is revoked. */
  public Order cutAt(String method, String pattern) {
    return order(new Order(method, pattern, Fault.CUT));
  }

  /** Requests of this kind are forbidden, until the order is revoked. */
  public Order forbid(String method, String pattern) {
    return order(new Order(method, pattern, Fault.FORBID));
  }

  /** From the next request of this kind on, the server is unavailable, until it is revoked. */
  public Order outageFrom(String method, String pattern) {
    return order(new Order(method, pattern, Fault.OUTAGE));
  }

  private Order order(Order order) {
    orders.add(order);
    return order;
  }

  private enum Fault {
    HOLD,
    CUT,
    FORBID,
    OUTAGE
  }

  /** A fault that waits for a request. */
  public final class Order {
    private final String method;
    private final String pattern;
    private final Fault fault;
    private final CountDownLatch struck = new CountDownLatch(1);
    private final CountDownLatch revoked = new CountDownLatch(1);

    private Order(String method, String pattern, Fault fault) {
      this.method = method;
      this.pattern = pattern;
      this.fault = fault;
    }

    private boolean meets(HttpExchange request) {
      boolean known = struck.getCount() == 0;
      if (known && fault == Fault.HOLD) {
        return false;
      }
      boolean is =
          request.getRequestMethod().equals(method)
              && request.getRequestURI().toString().matches(".*" + pattern);
      if (is) {
        struck.countDown();
      }
      return is || (known && fault == Fault.OUTAGE);
    }

    /** Waits until it has struck. */
    public void struck(Process program) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (!struck.await(20, TimeUnit.MILLISECONDS)) {
        if (!program.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("no %s %s".formatted(method, pattern));
        }
      }
    }

    /** Ends it; what is held is cut off. */
    public void revoke() {
      orders.remove(this);
      revoked.countDown();
    }
  }

  private void handle(HttpExchange request) throws IOException {
    try {
      Optional<Order> order = orders.stream().filter(it -> it.meets(request)).findFirst();
      if (order.isEmpty()) {
        pass(request);
        return;
      }
      switch (order.get().fault) {
        case HOLD -> order.get().revoked.await();
        case CUT -> cut(request);
        case FORBID -> answer(request, 403, "AccessDenied");
        case OUTAGE -> answer(request, 503, "SlowDown");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // What was not answered is cut off.
      request.close();
    }
  }

  private void pass(HttpExchange request) throws IOException, InterruptedException {
    byte[] body = request.getRequestBody().readAllBytes();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(server.resolve(request.getRequestURI().toString()))
            .method(
                request.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    request
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    HttpResponse<byte[]> response =
        client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean ours = !name.equals("content-length") && OWN_HEADERS.contains(name);
              if (!ours && !name.startsWith(":")) {
                request.getResponseHeaders().put(name, values);
              }
            });
    boolean silent = request.getRequestMethod().equals("HEAD") || response.body().length == 0;
    request.sendResponseHeaders(response.statusCode(), silent ? -1 : response.body().length);
    if (!silent) {
      request.getResponseBody().write(response.body());
    }
  }

  /** Passes on the first half of a request, and ends both connections. */
  private void cut(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readAllBytes();
    StringBuilder head =
        new StringBuilder(
            "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n"
                .formatted(
                    request.getRequestMethod(),
                    request.getRequestURI(),
                    server.getAuthority(),
                    body.length));
    request
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(
                    value -> head.append(name).append(": ").append(value).append("\r\n"));
              }
            });
    try (Socket socket = new Socket(server.getHost(), server.getPort());
        OutputStream out = socket.getOutputStream()) {
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body, 0, body.length / 2);
    }
  }

  private static void answer(HttpExchange request, int status, String code) throws IOException {
    request.getRequestBody().readAllBytes();
    byte[] body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, code)
            .getBytes(StandardCharsets.UTF_8);
    boolean silent = request.getRequestMethod().equals("HEAD");
    request.sendResponseHeaders(status, silent ? -1 : body.length);
    if (!silent) {
      request.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    orders.forEach(Order::revoke);
    gate.stop(0);
    threads.shutdownNow();
  }
}

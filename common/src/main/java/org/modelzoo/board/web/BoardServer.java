package org.modelzoo.board.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.board.BoardIndex;
import org.modelzoo.board.scan.BoardRoot;
import org.modelzoo.board.use.ZooUse;

/** The board at work: its roots are looked at, and its address answers, until it is closed. */
public final class BoardServer implements AutoCloseable {
  private static final int MOST_THREADS = ChangeStream.MOST_LISTENERS + 60;
  private static final long IDLE_MILLIS = 60_000;
  private static final int MOST_HEADER_BYTES = 16 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final List<BoardRoot> roots;
  private final Routes routes;
  private final BoardSettings settings;
  private final ZooUse use = new ZooUse();

  private BoardServer(BoardSettings settings, Configuration hadoop) {
    this.settings = settings;
    BoardIndex index = new BoardIndex();
    this.roots = new ArrayList<>();
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("board");
    threads.setDaemon(true);
    server = new Server(threads);
    server.setStopTimeout(0);
    connector = connector(server, settings);
    server.addConnector(connector);
    settings.roots().forEach(root -> roots.add(BoardRoot.start(root, hadoop, index)));
    ChangeStream changes = new ChangeStream(index);
    BoardMetrics metrics = new BoardMetrics(index, roots, changes);
    routes = new Routes();
    new BoardApi(index, roots, hadoop, use).addTo(routes);
    routes
        .on("/", parameters -> Assets.page())
        .on("/assets/{name}", parameters -> Assets.asset(parameters.inPath("name")))
        .on(
            "/metrics",
            parameters ->
                Answer.of(
                    BoardMetrics.TYPE,
                    metrics.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Set<String> hosts = new LinkedHashSet<>(settings.allowedHosts());
    hosts.add(settings.host());
    server.setHandler(
        new BoardHandler(new Access(settings.token(), hosts), routes, changes, metrics));
    server.setErrorHandler(
        (request, response, callback) -> {
          // What is refused before it reaches a handler, such as an address that can't be read.
          response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
          Content.Sink.write(
              response, true, "{\"error\":\"this request can't be read\"}", callback);
          return true;
        });
  }

  private static ServerConnector connector(Server server, BoardSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    List<ConnectionFactory> factories = new ArrayList<>();
    settings
        .tls()
        .ifPresent(
            tls -> {
              // Certificates for names are the browser's to check; hosts are checked for
              // themselves.
              http.addCustomizer(new SecureRequestCustomizer(/* sniHostCheck= */ false));
              SslContextFactory.Server ssl = new SslContextFactory.Server();
              ssl.setKeyStorePath(tls.keystore());
              ssl.setKeyStorePassword(tls.password());
              factories.add(new SslConnectionFactory(ssl, "http/1.1"));
            });
    factories.add(new HttpConnectionFactory(http));
    ServerConnector connector =
        new ServerConnector(server, factories.toArray(ConnectionFactory[]::new));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /**
   * Starts a board.
   *
   * @throws ModelZooException (configuration) if its address can't be used, or its keystore not be
   *     read
   */
  public static BoardServer start(BoardSettings settings, Configuration hadoop) {
    settings.tls().ifPresent(BoardSettings.Tls::requireUsable);
    BoardServer board = new BoardServer(settings, hadoop);
    try {
      board.server.start();
      return board;
    } catch (Exception e) { // of Jetty
      board.close();
      throw new ModelZooException(
          ErrorKind.CONFIGURATION,
          "the board can't listen at %s:%d: %s; give another --host or --port"
              .formatted(settings.host(), settings.port(), cause(e)),
          e);
    }
  }

  private static String cause(Throwable error) {
    return error.getCause() instanceof IOException cause
        ? cause.getMessage()
        : String.valueOf(error.getMessage());
  }

  /** Where it is, for a browser on this machine. */
  public String address() {
    String host =
        new InetSocketAddress(settings.host(), 0).getAddress() == null || !isAny(settings.host())
            ? settings.host()
            : "localhost";
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "%s://%s:%d/".formatted(settings.tls().isPresent() ? "https" : "http", shown, port());
  }

  private static boolean isAny(String host) {
    return new InetSocketAddress(host, 0).getAddress().isAnyLocalAddress();
  }

  /** The port that it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The paths that it answers, as in {@code openapi.yaml}, the stream of changes left out. */
  Set<String> templates() {
    return routes.templates();
  }

  /** Its roots, in their order. */
  public List<BoardRoot> roots() {
    return List.copyOf(roots);
  }

  @Override
  public void close() {
    roots.forEach(BoardRoot::close);
    use.close();
    try {
      server.stop();
    } catch (Exception e) { // of Jetty; the process is about to end
      Thread.currentThread().interrupt();
    }
  }
}

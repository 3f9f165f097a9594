package org.modelzoo.spark.s3;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real S3 server, s3proxy, in a process of its own, that keeps objects as files. */
public final class S3Server implements AutoCloseable {
  private static final Path JARS = Path.of("src/test/s3proxy/target/jars").toAbsolutePath();
  private static final String BUCKET = "zoo";

  private final Process process;
  private final Path objects;
  private final int port;

  private S3Server(Process process, Path objects, int port) {
    this.process = process;
    this.objects = objects;
    this.port = port;
  }

  /** Whether the build has brought the server and the client. */
  public static boolean isThere() {
    return Files.isDirectory(JARS) && Files.isDirectory(clientJars());
  }

  /** The S3A client. */
  public static Path clientJars() {
    return Path.of("../deploy/s3a/target/jars").toAbsolutePath().normalize();
  }

  /** Starts a server with one empty bucket; returns when it answers. */
  public static S3Server start(Path directory) throws IOException, InterruptedException {
    Path objects = Files.createDirectories(directory.resolve("objects"));
    int port = freePort();
    Path properties = directory.resolve("s3proxy.properties");
    Files.write(
        properties,
        List.of(
            "s3proxy.authorization=none",
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "jclouds.provider=filesystem-nio2",
            "jclouds.identity=local",
            "jclouds.credential=local",
            "jclouds.filesystem.basedir=" + objects));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JARS + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("s3proxy.log").toFile())
            .start();
    S3Server server = new S3Server(process, objects, port);
    server.createBucket();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void createBucket() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint().resolve("/" + BUCKET))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient client = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      try {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          return;
        }
        throw new IOException("no bucket: " + status);
      } catch (java.net.ConnectException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The bucket as programs name it. */
  public static String uri() {
    return "s3a://" + BUCKET;
  }

  /** The bucket's objects as files. */
  public Path objects() {
    return objects.resolve(BUCKET);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

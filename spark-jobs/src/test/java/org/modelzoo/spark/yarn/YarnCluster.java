package org.modelzoo.spark.yarn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** A real YARN of two node managers and a real HDFS, in a process of their own. */
public final class YarnCluster implements AutoCloseable {
  private static final Path BUILT = Path.of("src/test/yarn/target").toAbsolutePath();
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private final Process process;
  private final Path directory;
  private final Path log;
  private final Path clients;

  private YarnCluster(Process process, Path directory, Path log, Path clients) {
    this.process = process;
    this.directory = directory;
    this.log = log;
    this.clients = clients;
  }

  /** Whether the build has brought Hadoop's libraries and Spark's jars for YARN. */
  public static boolean isThere() {
    return Files.isDirectory(BUILT.resolve("jars")) && Files.isDirectory(sparkJars());
  }

  /** What a distribution of Spark has for YARN, and the build's own Spark doesn't. */
  public static Path sparkJars() {
    return BUILT.resolve("spark-jars");
  }

  /** Starts one in an empty directory; {@link #await} says when it is there. */
  public static YarnCluster start(Path directory) throws IOException {
    Path log = directory.resolve("hadoop.log");
    Path clients = Files.createDirectories(directory.resolve("hadoop-conf"));
    ProcessBuilder builder =
        java("-Xmx512m", HadoopProcess.class.getName(), clients.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // All that containers inherit.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_TOOL_OPTIONS", QUICK_START);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new YarnCluster(builder.start(), directory, log, clients);
  }

  /** A JVM with Hadoop's libraries and the classes of the tests. */
  private static ProcessBuilder java(String heap, String... words) {
    String classes =
        HadoopProcess.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    ProcessBuilder builder =
        new ProcessBuilder(
            JAVA,
            heap,
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            classes + ":" + BUILT.resolve("jars") + "/*");
    builder.command().addAll(List.of(words));
    return builder;
  }

  /** Waits until clients may come. */
  public void await() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(clients.resolve("yarn-site.xml"))) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("YARN doesn't start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** The directory of {@code core-site.xml} and {@code yarn-site.xml}. */
  public Path configuration() {
    return clients;
  }

  /** Copies a local file to HDFS. */
  public void put(Path local, String there) throws IOException {
    hdfs().copyFromLocalFile(hadoop(local), new org.apache.hadoop.fs.Path(there));
  }

  /** A local copy of a directory of HDFS. */
  public Path fetch(String there) throws IOException {
    Path copy = directory.resolve("fetched" + there);
    Files.createDirectories(copy.getParent());
    hdfs()
        .copyToLocalFile(
            /* delSrc= */ false,
            new org.apache.hadoop.fs.Path(there),
            hadoop(copy),
            /* useRawLocalFileSystem= */ true);
    return copy;
  }

  private FileSystem hdfs() throws IOException {
    return FileSystem.get(hadoop(new Configuration()));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path local) {
    return new org.apache.hadoop.fs.Path(local.toUri());
  }

  private Configuration hadoop(Configuration settings) {
    settings.addResource(hadoop(clients.resolve("core-site.xml")));
    settings.addResource(hadoop(clients.resolve("yarn-site.xml")));
    return settings;
  }

  /** What the resource manager knows of the newest application. */
  public ApplicationReport newest() throws Exception {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(hadoop(new YarnConfiguration()));
      client.start();
      return client.getApplications().stream()
          .max(Comparator.comparing(ApplicationReport::getApplicationId))
          .orElseThrow();
    }
  }

  /** {@code yarn logs -applicationId … -log_files stderr} of an application that has ended. */
  public String logs(ApplicationReport application) throws IOException, InterruptedException {
    ProcessBuilder builder =
        java(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "org.apache.hadoop.yarn.client.cli.LogsCLI",
            "-applicationId",
            application.getApplicationId().toString(),
            "-log_files",
            "stderr");
    builder.command().set(4, clients + ":" + builder.command().get(4));
    Process logs = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(logs.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (logs.waitFor() != 0) {
      throw new IOException("no logs of " + application.getApplicationId() + ": " + text);
    }
    return text;
  }

  /** The JVMs in the containers of all applications. */
  public List<ProcessHandle> containers() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .toList();
  }

  /** The one driver that runs on the cluster. */
  public ProcessHandle driver() {
    return containers().stream()
        .filter(jvm -> jvm.info().commandLine().orElse("").contains(".ApplicationMaster "))
        .findFirst()
        .orElseThrow();
  }

  /** Ends it with all its containers. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> containers = process.descendants().toList();
    process.getOutputStream().close();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly();
    containers.forEach(ProcessHandle::destroyForcibly);
  }
}

package org.modelzoo.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;

/** A real Spark master and workers on this machine, each in a JVM of its own. */
final class StandaloneCluster implements AutoCloseable {
  private static StandaloneCluster shared;

  private final List<Process> processes = new ArrayList<>();
  private final Path directory;
  private final int port;

  private StandaloneCluster(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Starts a master and workers of one core each; returns when all workers are registered. */
  static StandaloneCluster start(Path directory, int workers)
      throws IOException, InterruptedException {
    return start(directory, workers, 1, List.of());
  }

  /**
   * A master and two workers of one core each for all tests of this JVM, one after another, that
   * leave no application and no worker behind that wasn't there before; ends with the JVM.
   */
  static synchronized StandaloneCluster shared() throws IOException, InterruptedException {
    if (shared == null) {
      Path directory = Files.createTempDirectory("shared-cluster");
      StandaloneCluster cluster = start(directory, 2);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    cluster.close();
                    FileUtils.deleteQuietly(directory.toFile());
                  }));
      shared = cluster;
    }
    shared.tidyUp();
    return shared;
  }

  /**
   * Starts a master and one worker with made-up graphics cards, 0 to n − 1, and as many cores;
   * returns when the worker is registered.
   */
  static StandaloneCluster startWithCards(Path directory, int cards)
      throws IOException, InterruptedException {
    String addresses =
        IntStream.range(0, cards)
            .mapToObj(card -> "\"" + card + "\"")
            .collect(Collectors.joining(","));
    Path script = directory.resolve("cards.sh");
    Files.writeString(
        script, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[%s]}'\n".formatted(addresses));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + script);
    }
    return start(
        directory,
        1,
        cards,
        List.of(
            "-Dspark.worker.resource.gpu.amount=" + cards,
            "-Dspark.worker.resource.gpu.discoveryScript=" + script));
  }

  private static StandaloneCluster start(
      Path directory, int workers, int cores, List<String> workerOptions)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(directory, freePort());
    Path log =
        cluster.launch(
            "master",
            List.of(),
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(cluster.port),
            "--webui-port",
            "0");
    cluster.await(log, "I have been elected leader", 1);
    for (int i = 0; i < workers; i++) {
      cluster.launchWorker(i, cores, workerOptions);
    }
    cluster.await(log, "Registering worker", workers);
    return cluster;
  }

  private Path launchWorker(int number, int cores, List<String> options) throws IOException {
    return launch(
        "worker-" + number,
        options,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--cores",
        Integer.toString(cores),
        "--memory",
        cores + "g",
        "--webui-port",
        "0",
        "--work-dir",
        work(number).toString(),
        master());
  }

  /** Brings another worker of one core; returns when it is registered. */
  void addWorker(int number) throws IOException, InterruptedException {
    await(launchWorker(number, 1, List.of()), "Successfully registered with master", 1);
  }

  /** Removes what ended applications left: every executor had a copy of the program. */
  void tidyUp() throws IOException {
    for (int worker = 0; Files.isDirectory(work(worker)); worker++) {
      FileUtils.cleanDirectory(work(worker).toFile());
    }
  }

  /** What executors of a worker left since the last tidying up. */
  Path work(int worker) {
    return directory.resolve("work-" + worker);
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** {@code kill -9} of one executor. */
  void killAnExecutor() {
    executors().get(0).destroyForcibly();
  }

  /** The executors that are there now. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(Process::descendants)
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  private Path launch(String name, List<String> javaOptions, String mainClass, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
    command.addAll(List.of(System.getProperty("jdk.opens").split(" ")));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", Launcher.sparkHome().resolve("jars") + "/*", mainClass));
    command.addAll(List.of(arguments));
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Launcher.quickStart(builder); // Executors inherit it.
    builder.environment().put("SPARK_HOME", Launcher.sparkHome().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    processes.add(builder.start());
    return log;
  }

  private void await(Path log, String text, int times) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (Files.readString(log).split(text, -1).length <= times) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no '" + text + "' in a minute: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.onExit().join();
    }
  }
}

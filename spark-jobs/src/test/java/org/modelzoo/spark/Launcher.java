package org.modelzoo.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code deploy/modelzoo} or another program of deploy as a user does, in processes of its
 * own.
 */
final class Launcher {
  private static final Path SPARK_JOBS = Path.of("").toAbsolutePath();

  /** Small programs start in half the time without the better compiler. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path directory;
  private final Map<String, String> environment;
  private final String program;

  /** Runs from a directory, which also gets what is printed; without a Spark distribution. */
  Launcher(Path directory) {
    this(directory, Map.of());
  }

  /** Runs with a SPARK_HOME. */
  Launcher(Path directory, Path distribution) {
    this(directory, Map.of("SPARK_HOME", distribution.toString()));
  }

  /** Runs with variables of the environment. */
  Launcher(Path directory, Map<String, String> environment) {
    this("modelzoo", directory, environment);
  }

  /** Runs another program, named by its path below deploy. */
  Launcher(String program, Path directory, Map<String, String> environment) {
    this.program = program;
    this.directory = directory;
    this.environment = environment;
  }

  /** Lets the JVMs that a process and its children start be quick at that. */
  static void quickStart(ProcessBuilder builder) {
    builder
        .environment()
        .merge("JAVA_TOOL_OPTIONS", QUICK_START, (theirs, ours) -> theirs + " " + ours);
  }

  /** Where the build put Spark's jars: a SPARK_HOME. */
  static Path sparkHome() {
    return SPARK_JOBS.resolve("target/spark");
  }

  /** Starts a command and returns at once. */
  Running start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(SPARK_JOBS.resolveSibling("deploy").resolve(program).toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    quickStart(builder);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new Running(builder.start(), out, err);
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).result();
  }

  /** A command that runs. */
  record Running(Process process, Path out, Path err) {
    Result result() throws IOException, InterruptedException {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("no end after 5 minutes: " + Files.readString(err));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** {@code kill -9}, as soon as a file exists. */
    void killOnceThereIs(Path file) throws InterruptedException {
      await(file);
      process.destroyForcibly().waitFor();
    }

    /** Waits until a file exists, or the command has ended. */
    void await(Path file) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (!Files.exists(file) && process.isAlive() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  /** How a command ended. */
  record Result(int exitCode, String out, String err) {}
}

package org.modelzoo.benchmark;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.store.DamagedFileException;
import org.modelzoo.store.Json;

/**
 * Runs a case in a JVM of its own, with the class path of this one and the memory limits of Spark's
 * default executor, so that memory and threads of one case don't touch the next.
 */
public final class CaseProcess {
  /** As {@code spark.executor.memory}; JavaCPP's bounds on native memory are lifted. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx1g",
          "-Dorg.bytedeco.javacpp.maxbytes=0",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");

  private CaseProcess() {}

  /**
   * Measures training or evaluation.
   *
   * @throws ModelZooException when the case fails, in the case's own words
   */
  public static BenchmarkResult measure(BenchmarkCase measured) {
    return run(measured, BenchmarkResult.class, BenchmarkResult.FORMAT_VERSION);
  }

  /** Measures where the time of a training step goes; fails as {@link #measure} does. */
  public static StepProfile profile(BenchmarkCase measured) {
    return run(measured, StepProfile.class, StepProfile.FORMAT_VERSION);
  }

  /** Compares one member with Deeplearning4j's on the processor; fails as {@link #measure} does. */
  public static ParityResult parity(BenchmarkCase measured) {
    return run(measured, ParityResult.class, ParityResult.FORMAT_VERSION);
  }

  private static <T> T run(BenchmarkCase measured, Class<T> type, int version) {
    try {
      Path directory = Files.createTempDirectory("modelzoo-benchmark");
      Path result = directory.resolve("result.json");
      Path log = directory.resolve("log.txt");
      try {
        int exitCode = start(measured, result, log).waitFor();
        if (exitCode != 0) {
          throw failure(measured, exitCode, Files.readAllLines(log));
        }
        return Json.read(Files.readAllBytes(result), type, version, result.toString());
      } finally {
        Files.deleteIfExists(result);
        Files.deleteIfExists(log);
        Files.deleteIfExists(directory);
      }
    } catch (DamagedFileException e) {
      throw new IllegalStateException("the case wrote no result", e);
    } catch (IOException e) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          "can't start a JVM for %s: %s; check java.io.tmpdir and the system's limits"
              .formatted(measured, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelZooException(ErrorKind.CLUSTER, "interrupted while measuring " + measured, e);
    }
  }

  private static Process start(BenchmarkCase measured, Path result, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", classPath(), CaseMain.class.getName(), result.toString()));
    command.addAll(measured.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.putIfAbsent("OMP_NUM_THREADS", Integer.toString(measured.threads()));
    environment.putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process;
  }

  /** Spark-submit loads the application jar itself: it isn't on the JVM's own class path. */
  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    try {
      entries.add(
          Path.of(CaseMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    entries.addAll(
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
    return String.join(File.pathSeparator, entries);
  }

  private static ModelZooException failure(BenchmarkCase measured, int exitCode, List<String> log) {
    ErrorKind kind =
        Arrays.stream(ErrorKind.values())
            .filter(candidate -> candidate.exitCode() == exitCode)
            .findFirst()
            .orElse(ErrorKind.CLUSTER);
    return new ModelZooException(
        kind,
        "%s ended with exit code %d: %s"
            .formatted(measured, exitCode, log.isEmpty() ? "no word" : log.get(log.size() - 1)),
        new IllegalStateException(String.join("\n", log)));
  }
}

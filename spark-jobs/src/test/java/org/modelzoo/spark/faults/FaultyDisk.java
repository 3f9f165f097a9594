package org.modelzoo.spark.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;

/** A disk on which faults can be ordered, for the programs of one run. */
public final class FaultyDisk {
  private final Path directory;
  private final Path jar;
  private final FaultRules rules;
  private int ordered;

  /** A disk that keeps its orders, and the classes that programs need, in an empty directory. */
  public FaultyDisk(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.jar = directory.resolve("faulty-disk.jar");
    this.rules = new FaultRules(directory);
    writeJar();
  }

  private void writeJar() throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Class<?> type : List.of(FaultRules.class, FaultyFileSystem.class, FaultyFs.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
  }

  /** A local directory as programs reach it over this disk. */
  public static String uri(Path local) {
    return "faulty://" + local;
  }

  /** Options of spark-submit that let driver and executors know the disk. */
  public List<String> options() {
    List<String> options = new ArrayList<>(List.of("--driver-class-path", jar.toString()));
    options.addAll(List.of("--conf", "spark.executor.extraClassPath=" + jar));
    settings()
        .forEach(
            (key, value) -> options.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
    return options;
  }

  /** Lets what runs in this JVM know the disk while an action runs. */
  public <R> R here(Supplier<R> action) {
    settings().forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
    try {
      return action.get();
    } finally {
      settings().keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    }
  }

  /** How Hadoop finds the disk in this JVM. */
  public Configuration configuration() {
    Configuration hadoop = new Configuration();
    settings().forEach(hadoop::set);
    return hadoop;
  }

  private Map<String, String> settings() {
    return Map.of(
        "fs.faulty.impl",
        FaultyFileSystem.class.getName(),
        "fs.AbstractFileSystem.faulty.impl",
        FaultyFs.class.getName(),
        FaultyFs.CONTROL,
        directory.toString());
  }

  /** What happens to a file. */
  public enum Operation {
    CREATE,
    RENAME,
    LOOK
  }

  /** The process that does this next stands still until it is let go or killed. */
  public Order pauseAt(Operation operation, String pattern) throws IOException {
    return order(operation, pattern, "pause", "");
  }

  /** The next attempt to do this fails. */
  public Order failAt(Operation operation, String pattern, String message) throws IOException {
    return order(operation, pattern, "fail", message);
  }

  /** The process that does this next ends at once, as by {@code kill -9}. */
  public Order dieAt(Operation operation, String pattern) throws IOException {
    return order(operation, pattern, "die", "");
  }

  /**
   * Whoever does this next, and everybody else on this disk, can do nothing to any file from then
   * on: to the files, as if all processes had been killed at this moment, also where they are this
   * JVM. The files are found on the local disk.
   */
  public Order endAt(Operation operation, String pattern) throws IOException {
    return order(operation, pattern, "end", "");
  }

  /** Lets the programs that start from now on use the disk again. */
  public void comeBack() throws IOException {
    rules.comeBack();
  }

  /**
   * Deletes the leases of all runs below a local directory: of the programs that the disk ended,
   * whose process, this JVM, lives on.
   */
  public static void forgetDrivers(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path lease : files.filter(file -> file.endsWith("lease")).toList()) {
        FileUtils.deleteDirectory(lease.toFile());
      }
    }
  }

  private Order order(Operation operation, String pattern, String action, String text)
      throws IOException {
    String name = "%03d".formatted(ordered++);
    rules.add(name, operation.name().toLowerCase(java.util.Locale.ROOT), pattern, action, text);
    return new Order(directory.resolve(name + ".hit"), directory.resolve(name + ".go"));
  }

  /** A fault that strikes once. */
  public record Order(Path hit, Path go) {
    /** Waits until it has struck; gives the process that it struck. */
    public ProcessHandle struck(Process program) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
      while (!Files.exists(hit)) {
        if (!program.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("no fault struck: " + hit);
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      return ProcessHandle.of(Long.parseLong(Files.readString(hit))).orElseThrow();
    }

    /** Whether it has struck. */
    public boolean hasStruck() {
      return Files.exists(hit);
    }

    /** Lets the process that stands still go on. */
    public void letGo() throws IOException {
      Files.createFile(go);
    }
  }
}

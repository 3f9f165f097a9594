package org.modelzoo.spark.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Faults that wait for an operation on a file, in any process of a cluster on this machine. A rule
 * is a file {@code <name>.rule} of four lines: operation, pattern of the path, action, text. It
 * strikes once: the process that meets it first writes its number to {@code <name>.hit}.
 */
final class FaultRules {
  private static final String ENDED = "ended";

  private final Path directory;

  FaultRules(Path directory) {
    this.directory = directory;
  }

  /**
   * Nothing can be done to any file once a rule has ended the programs that know this directory.
   *
   * @throws IOException from then on
   */
  void requireAlive() throws IOException {
    if (Files.exists(directory.resolve(ENDED))) {
      throw new IOException("this program has ended");
    }
  }

  /** Undoes an end. */
  void comeBack() throws IOException {
    Files.delete(directory.resolve(ENDED));
  }

  /** Looks whether a rule is waiting for this, and does what it says. */
  void meet(String operation, String path) throws IOException {
    requireAlive();
    for (Path file : rules()) {
      List<String> rule = Files.readAllLines(file);
      if (rule.size() == 4
          && rule.get(0).equals(operation)
          && path.matches(".*" + rule.get(1))
          && isFirst(beside(file, ".hit"))) {
        strike(file, rule.get(2), rule.get(3));
      }
    }
  }

  private List<Path> rules() throws IOException {
    List<Path> rules = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.rule")) {
      for (Path file : files) {
        if (!Files.exists(beside(file, ".hit"))) {
          rules.add(file);
        }
      }
    }
    rules.sort(null);
    return rules;
  }

  private static boolean isFirst(Path hit) throws IOException {
    try {
      Path number = Files.createTempFile(hit.getParent(), "number", "");
      Files.writeString(number, Long.toString(ProcessHandle.current().pid()));
      Files.createLink(hit, number);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void strike(Path rule, String action, String text) throws IOException {
    switch (action) {
      case "fail" -> throw new IOException(text);
      case "die" -> Runtime.getRuntime().halt(137);
      case "end" -> {
        Files.createFile(directory.resolve(ENDED));
        requireAlive();
      }
      case "pause" -> {
        while (!Files.exists(beside(rule, ".go"))) {
          pause();
        }
      }
      default -> throw new IOException("no action: " + action);
    }
  }

  /** Deaf to interruption, as native code is. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      // Deaf.
    }
  }

  private static Path beside(Path rule, String suffix) {
    return rule.resolveSibling(rule.getFileName().toString().replace(".rule", suffix));
  }

  /** Adds a rule. */
  void add(String name, String operation, String pattern, String action, String text)
      throws IOException {
    Path written = Files.createTempFile(directory, "rule", "");
    Files.write(written, List.of(operation, pattern, action, text), StandardOpenOption.WRITE);
    Files.move(written, directory.resolve(name + ".rule"));
  }
}

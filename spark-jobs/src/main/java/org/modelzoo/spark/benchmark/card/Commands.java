package org.modelzoo.spark.benchmark.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** Runs other programs, and gives back what they print. */
final class Commands {
  private static final long MOST_MINUTES = 10;

  private Commands() {}

  /**
   * What a command prints to standard output.
   *
   * @throws ModelZooException (cluster) if it can't be started, fails, or takes too long
   */
  static String output(List<String> command) {
    try {
      Path out = Files.createTempFile("modelzoo-card", ".out");
      Path err = Files.createTempFile("modelzoo-card", ".err");
      try {
        Process process = start(command, out, err);
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
          kill(process);
          throw failure(command, "does not end in %d minutes".formatted(MOST_MINUTES), null);
        }
        if (process.exitValue() != 0) {
          List<String> lines =
              Files.readAllLines(err).stream().filter(line -> !line.isBlank()).toList();
          String last = lines.isEmpty() ? "no word" : lines.get(lines.size() - 1);
          throw failure(
              command, "ends with exit code %d: %s".formatted(process.exitValue(), last), null);
        }
        return Files.readString(out);
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw failure(command, "can't be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(command, "was interrupted", e);
    }
  }

  /** Starts a command that ends with this process at the latest. */
  static Process start(List<String> command, Path out, Path err) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process)));
    return process;
  }

  /** As {@code kill -9}, with all that it started. */
  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static ModelZooException failure(List<String> command, String what, Exception cause) {
    return new ModelZooException(ErrorKind.CLUSTER, command.get(0) + " " + what, cause);
  }
}

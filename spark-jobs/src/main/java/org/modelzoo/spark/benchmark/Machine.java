package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a measurement was taken on.
 *
 * @param processor model as Linux names it, elsewhere the architecture
 * @param cores the JVM may use
 */
public record Machine(String processor, int cores) {
  /** This one. */
  public static Machine here() {
    return new Machine(processorName(), Runtime.getRuntime().availableProcessors());
  }

  private static String processorName() {
    String otherwise = System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}

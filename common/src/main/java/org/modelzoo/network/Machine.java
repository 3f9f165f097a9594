package org.modelzoo.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.modelzoo.network.kernel.Kernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a measurement was taken on.
 *
 * @param processor model as the system names it
 * @param cores the JVM may use
 * @param backend libraries of the native operations
 * @param version of this program
 */
public record Machine(String processor, int cores, String java, String backend, String version) {
  /** This one; loads the native library. */
  public static Machine here() {
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    String version = Machine.class.getPackage().getImplementationVersion();
    return new Machine(
        processorModel(),
        coresHere(),
        System.getProperty("java.version"),
        "%s, with ND4J %s"
            .formatted(
                Kernels.forType(DataType.FLOAT).description(), environment.getProperty("backend")),
        version == null ? "development" : version);
  }

  /** Model as the system names it, the architecture where it does not. */
  public static String processorModel() {
    return line(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch"));
  }

  /** Cores the JVM may use. */
  public static int coresHere() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Largest resident memory of this process so far in 10⁶ bytes; null where nobody tells. */
  public static Double peakResidentMegabytes() {
    String text = line(Path.of("/proc/self/status"), "VmHWM", "");
    return text.isEmpty() ? null : Long.parseLong(text.replace(" kB", "")) * 1024 / 1e6;
  }

  /** What stands after the colon in a file of Linux, if there is such a file. */
  private static String line(Path file, String name, String otherwise) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}

package org.modelzoo.spark.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.modelzoo.network.PoisonedDeviceException;

/**
 * Loses the card of its process the first so many times that it runs, each in an executor of which
 * it leaves the number; then it counts them. Runs on executors that have no test libraries.
 */
public record PoisonedUnit(String directory, int times) implements Unit<Integer> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "poisoned";
  }

  @Override
  public String pool() {
    return "cards";
  }

  @Override
  public String description() {
    return id();
  }

  @Override
  public Integer run(UnitContext context) {
    try {
      int runs = runs();
      if (runs < times) {
        Files.writeString(Path.of(directory, "run-" + runs), SparkEnv.get().executorId());
        throw new PoisonedDeviceException("an illegal memory access was encountered", null);
      }
      return runs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int runs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return (int) files.count();
    }
  }
}

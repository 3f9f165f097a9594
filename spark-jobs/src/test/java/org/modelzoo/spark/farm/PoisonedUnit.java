package org.modelzoo.spark.farm;

import org.modelzoo.network.PoisonedDeviceException;

/** Loses the card of its process the first so many times that it runs; then it counts them. */
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
    java.io.File[] before = new java.io.File(directory).listFiles();
    int runs = before == null ? 0 : before.length;
    if (runs < times) {
      try {
        java.nio.file.Files.createFile(java.nio.file.Path.of(directory, "run-" + runs));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      throw new PoisonedDeviceException("an illegal memory access was encountered", null);
    }
    return runs;
  }
}

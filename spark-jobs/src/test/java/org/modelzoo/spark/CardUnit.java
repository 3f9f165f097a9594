package org.modelzoo.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;

/**
 * Holds its cards until enough others hold theirs, and tells what it saw. Runs on an executor that
 * has this class and no test libraries.
 *
 * @param directory where units of all executors meet
 * @param together how many must have begun before the first may end
 */
public record CardUnit(int number, String directory, int together) implements Unit<CardUnit.Seen> {
  private static final long serialVersionUID = 1L;

  /**
   * What a unit saw.
   *
   * @param shared its cards that another unit held at the same time
   */
  public record Seen(String executor, List<String> cards, List<String> shared)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public String id() {
    return "card-unit-" + number;
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
  public Seen run(UnitContext context) {
    List<Path> held = new ArrayList<>();
    List<String> shared = new ArrayList<>();
    try {
      for (String card : context.gpus()) {
        try {
          held.add(Files.createFile(Path.of(directory, "held-" + card)));
        } catch (FileAlreadyExistsException e) {
          shared.add(card);
        }
      }
      Files.createFile(Path.of(directory, "begun-" + number));
      awaitOthers();
      return new Seen(SparkEnv.get().executorId(), context.gpus(), shared);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      held.forEach(file -> file.toFile().delete());
    }
  }

  private void awaitOthers() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (begun() < together) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("after 2 minutes only " + begun() + " units have begun");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private long begun() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files.filter(file -> file.getFileName().toString().startsWith("begun-")).count();
    }
  }
}

package org.modelzoo.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.config.ConfigLoader;
import org.modelzoo.report.RunSummary;
import org.modelzoo.run.Round;
import org.modelzoo.run.RoundStore;
import org.modelzoo.run.SplitScore;
import org.modelzoo.store.Json;
import org.modelzoo.store.Predictions.Split;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunIdentity;

/**
 * Directories of finished runs that nobody trained: configuration, identity, rounds, accuracies and
 * summary, without the models of their members. Each has a seed, a learning rate and an accuracy of
 * its own.
 */
public final class GeneratedRuns {
  private static final int ROUNDS = 2;
  private static final int TASKS = 3;

  /** As the configuration is rendered. */
  private static final String RATE = "learning-rate = 0.125";

  private static final String CONFIGURATION =
      ConfigLoader.load(
              List.of(),
              List.of(
                  "experiment.name=generated",
                  "data.set.name=generated",
                  "data.set.source.format=synthetic",
                  "data.set.source.families=1",
                  "data.set.source.tasks-per-family=" + TASKS,
                  "training.learning-rate=0.125"))
          .render();

  private static final String MATRIX =
      """
      round,task-00,task-01,task-02
      0,0.5,0.6,0.7
      1,0.5,0.6,0.7
      """;

  private GeneratedRuns() {}

  /**
   * Writes {@code run-0000} and so on.
   *
   * @param directory that they lie in; made if it isn't there
   */
  public static void write(Path directory, int number) throws IOException {
    if (!CONFIGURATION.contains(RATE)) {
      throw new IllegalStateException("the configuration has no " + RATE);
    }
    for (int run = 0; run < number; run++) {
      Path place = Files.createDirectories(directory.resolve("run-%04d".formatted(run)));
      // Not as a driver writes them: on a local disk Hadoop starts a process for every file.
      Files.writeString(place.resolve("config.conf"), configuration(run));
      Files.write(place.resolve("run.json"), Json.writeSealed(identity(run)));
      Files.writeString(place.resolve("accuracy-matrix.csv"), MATRIX);
      Files.write(place.resolve("summary.json"), Json.writeSealed(summary(run)));
      if (run == 0) {
        commitRounds(RunDirectory.at(place.toString(), new Configuration()));
      } else {
        copy(directory.resolve("run-0000/rounds"), place.resolve("rounds"));
      }
    }
  }

  private static String configuration(int run) {
    return CONFIGURATION.replace(RATE, "learning-rate = " + (run + 1) / 1e6);
  }

  private static RunIdentity identity(int run) {
    return new RunIdentity(
        RunIdentity.FORMAT_VERSION,
        "generated",
        "zoo",
        run,
        "c0ffee",
        "da7a",
        "2025-01-01T00:00:00Z",
        null);
  }

  private static void commitRounds(RunDirectory run) {
    RoundStore rounds = new RoundStore(run);
    for (int round = 0; round < ROUNDS; round++) {
      List<SplitScore> scores =
          IntStream.range(0, TASKS)
              .mapToObj(task -> new SplitScore(task, Split.TEST, 1.0, 0.5 + 0.1 * task))
              .toList();
      String member = "round-%03d-member-00".formatted(round);
      rounds.commit(
          new Round(
              round,
              List.of(1.0, 1.0, 1.0),
              List.of(
                  Round.Member.completed(member, List.of(0, 1, 2), List.of(1.0, 1.0, 1.0), scores)),
              scores));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** From 0.5 up to just below 0.9, and from the beginning again after a hundred runs. */
  private static RunSummary summary(int run) {
    double accuracy = 0.5 + (run % 100) / 250.0;
    return new RunSummary(
        RunSummary.FORMAT_VERSION,
        "zoo",
        "generated",
        run,
        TASKS,
        ROUNDS,
        ROUNDS,
        0,
        accuracy,
        accuracy,
        0.02,
        null,
        Map.of("task", accuracy),
        15_000,
        2_500,
        9,
        null,
        Map.of());
  }
}

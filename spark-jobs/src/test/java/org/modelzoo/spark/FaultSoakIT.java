package org.modelzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.modelzoo.spark.faults.FaultyDisk;
import org.modelzoo.spark.faults.FaultyDisk.Operation;

/** Random faults at random places, run after run, for as many minutes as -Psoak says. */
@EnabledIfSystemProperty(
    named = "soak.minutes",
    matches = "[1-9][0-9]*",
    disabledReason = "takes long: mvn verify -Psoak -Dsoak.minutes=30")
class FaultSoakIT {
  private static final int MOST_COMMANDS = 20;
  private static final List<String> PLACES =
      List.of(
          "/rounds/round-00[0-3]\\.json",
          "/rounds/\\.tmp-round-00[0-3]\\.json-.*",
          "/members/round-00[0-3]-member-0[01]/outcome\\.json",
          "/members/\\.tmp-round-00[0-3]-member-0[01]-model\\.zip-.*",
          "/members/\\.tmp-round-00[0-3]-member-0[01]-predictions\\.bin-.*",
          "/members/\\.tmp-round-00[0-3]-member-0[01]-outcome\\.json-.*",
          "/checkpoints/round-00[0-3]-member-0[01]\\.bin",
          "/metrics\\.csv",
          "/accuracy-matrix\\.csv",
          "/summary\\.json",
          "/run\\.json",
          "/config\\.conf",
          "/lease/[0-9-]*\\.json");

  @TempDir private static Path directory;

  @Test
  void everyRunEndsWithTheSameFiles() throws Exception {
    long seed = Long.getLong("soak.seed", System.nanoTime());
    long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("soak.minutes")).toNanos();
    System.out.println("soak: seed " + seed);
    Random random = new Random(seed);
    try (StandaloneCluster cluster = StandaloneCluster.start(directory, 2)) {
      FaultyRun undisturbed = FaultyRun.tiny(directory, "undisturbed", cluster.master());
      assertThat(undisturbed.finish().exitCode()).isZero();
      SortedMap<String, String> expected = undisturbed.results();
      int faults = 0;
      int runs = 0;
      for (; System.nanoTime() < end; runs++) {
        FaultyRun run = FaultyRun.tiny(directory, "run-" + runs, cluster.master());
        Launcher.Result result;
        do {
          faults += order(run.disk(), random);
          result = run.finish();
          System.out.printf("soak: run %d: exit %d%n", runs, result.exitCode());
          assertThat(result.exitCode()).as(result.err()).isIn(0, 4, 137);
        } while (result.exitCode() != 0 && run.commands() < MOST_COMMANDS);
        assertThat(run.results()).as("seed " + seed).isEqualTo(expected);
        FileUtils.deleteDirectory(run.run().getParent().getParent().toFile());
      }
      System.out.printf("soak: %d runs, %d faults ordered, all files equal%n", runs, faults);
      assertThat(runs).isPositive();
    }
  }

  /** Up to three faults; not all of them need strike. */
  private static int order(FaultyDisk disk, Random random) throws Exception {
    int faults = 1 + random.nextInt(3);
    for (int i = 0; i < faults; i++) {
      String place = PLACES.get(random.nextInt(PLACES.size()));
      Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
      if (random.nextBoolean()) {
        disk.dieAt(operation, place);
      } else {
        disk.failAt(operation, place, "a fault of the soak");
      }
    }
    return faults;
  }
}

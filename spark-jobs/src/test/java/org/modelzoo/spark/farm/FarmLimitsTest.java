package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.spark.progress.RunEvent;

/** Units that hang, and units that nobody runs. */
class FarmLimitsTest {
  private static final FarmLimits SECOND_AND_TWO_ATTEMPTS =
      new FarmLimits(Duration.ofSeconds(1), 2, Duration.ZERO);

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<HangingUnit> units = new CopyOnWriteArrayList<>();
  private JavaSparkContext spark;

  @BeforeEach
  void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("limits")
                .set("spark.ui.enabled", "false"));
  }

  @AfterEach
  void stop() {
    units.forEach(HangingUnit::release);
    spark.stop();
  }

  @Test
  void aUnitThatHangsIsStartedAgain() {
    try (SparkFarm farm = farm(SECOND_AND_TWO_ATTEMPTS)) {
      assertThat(farm.submit(unit("hangs-once", 1)))
          .succeedsWithin(20, TimeUnit.SECONDS)
          .isEqualTo("attempt 2");
    }
    assertThat(heard)
        .singleElement()
        .asString()
        .contains("hangs-once ran on executor driver", "for more than 1 s", "attempt 2 of 2")
        .contains("its slot stays busy");
    assertThat(spark.statusTracker().getJobIdsForGroup("hangs-once")).hasSize(1);
    assertThat(spark.statusTracker().getJobIdsForGroup("hangs-once, attempt 2")).hasSize(1);
  }

  @Test
  void aUnitThatAlwaysHangsEndsWithAClusterErrorThatNamesTheLimit() {
    HangingUnit unit = unit("hangs-always", 9);
    try (SparkFarm farm = farm(SECOND_AND_TWO_ATTEMPTS)) {
      assertClusterError(
          farm.submit(unit), "hangs-always ran on", "cluster.member-time-limit", "attempt 2 of 2");
    }
    assertThat(unit.attempts()).isEqualTo(2);
  }

  @Test
  void anAttemptThatComesBackToLifeChangesNothing() throws Exception {
    HangingUnit unit = unit("comes-back", 1);
    try (SparkFarm farm = farm(SECOND_AND_TWO_ATTEMPTS)) {
      assertThat(farm.submit(unit).get(20, TimeUnit.SECONDS)).isEqualTo("attempt 2");
      unit.release();
      // Both slots are free again: two units that need each other's slot to be quick.
      List<CompletableFuture<String>> next =
          IntStream.range(0, 4).mapToObj(i -> farm.submit(unit("next-" + i, 0))).toList();
      for (CompletableFuture<String> future : next) {
        assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("attempt 1");
      }
    }
  }

  @Test
  void theClockDoesNotRunWhileAUnitWaitsForASlot() {
    FarmLimits limits = new FarmLimits(Duration.ofSeconds(3), 1, Duration.ZERO);
    try (SparkFarm farm = farm(limits)) {
      List<CompletableFuture<String>> futures =
          IntStream.range(0, 6)
              .mapToObj(i -> farm.submit(new SleepingUnit("sleeps-" + i, 1500)))
              .toList();
      assertThat(futures)
          .allSatisfy(
              future -> assertThat(future).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("slept"));
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void whereAllSlotsHangTheWaitEndsWithAMessage() {
    FarmLimits limits = new FarmLimits(Duration.ofSeconds(1), 9, Duration.ofSeconds(2));
    try (SparkFarm farm = farm(limits)) {
      List<CompletableFuture<String>> futures =
          IntStream.range(0, 5).mapToObj(i -> farm.submit(unit("stuck-" + i, 9))).toList();
      futures.forEach(
          future ->
              assertClusterError(
                  future,
                  "slots are held by members that were ended and do not stop",
                  "executor driver",
                  "cluster.executor-time-limit",
                  "run the same command to continue"));
    }
  }

  private SparkFarm farm(FarmLimits limits) {
    return new SparkFarm(
        spark,
        0,
        limits,
        event -> {
          if (event instanceof RunEvent.ClusterNote note) {
            heard.add(note.text());
          }
        });
  }

  private HangingUnit unit(String id, int hangingAttempts) {
    HangingUnit unit = new HangingUnit(id, hangingAttempts);
    units.add(unit);
    return unit;
  }

  private static void assertClusterError(CompletableFuture<String> future, String... words) {
    assertThat(future)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ModelZooException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER);
              assertThat(e).hasMessageContainingAll(words);
            });
  }

  private record SleepingUnit(String id, long millis) implements Unit<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String pool() {
      return "test";
    }

    @Override
    public String description() {
      return id;
    }

    @Override
    public String run(UnitContext context) {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException e) {
        return "interrupted";
      }
      return "slept";
    }
  }
}

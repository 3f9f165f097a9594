package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.rpc.RpcEnv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.progress.Sneaky;

/** Units that hang, and units that nobody runs. */
class FarmLimitsTest {
  private static final List<Integer> TWO_PARTITIONS = List.of(0, 1);

  private static final FarmLimits SECOND_AND_TWO_ATTEMPTS =
      new FarmLimits(Duration.ofSeconds(1), new RetryPolicy(2), Duration.ZERO);

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
                .set("spark.default.parallelism", "100")
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
    FarmLimits limits = new FarmLimits(Duration.ofSeconds(3), new RetryPolicy(1), Duration.ZERO);
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
    FarmLimits limits =
        new FarmLimits(Duration.ofSeconds(1), new RetryPolicy(9), Duration.ofSeconds(2));
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

  /** As a data-parallel member's periods are. */
  @Test
  void aJobOfSeveralTasksThatHangsIsStartedAgain() {
    HangingUnit unit = unit("first period", 1);
    try (SparkFarm farm = farm(SECOND_AND_TWO_ATTEMPTS)) {
      assertThat(farm.<List<String>>runJob("period", "two tasks", spark -> attemptsOf(unit)))
          .containsExactlyInAnyOrder("attempt 3", "attempt 4");
    }
    assertThat(heard)
        .singleElement()
        .asString()
        .contains("period ran on executor driver", "for more than 1 s", "attempt 2 of 2");
  }

  @Test
  void aJobOfSeveralTasksForWhichThereIsNoSlotDoesNotWaitForEver() {
    FarmLimits limits =
        new FarmLimits(Duration.ofSeconds(1), new RetryPolicy(1), Duration.ofSeconds(2));
    HangingUnit unit = unit("second period", 9);
    try (SparkFarm farm = farm(limits)) {
      List.of("busy-0", "busy-1")
          .forEach(
              id -> assertClusterError(farm.submit(unit(id, 9)), id, "cluster.member-time-limit"));
      assertClusterError(
          CompletableFuture.supplyAsync(
              () -> farm.runJob("period", "two tasks", spark -> attemptsOf(unit).toString())),
          "1 member waits and none has run for 2",
          "cluster.executor-time-limit");
    }
    assertThat(unit.attempts()).isZero();
  }

  @Test
  void aJobForWhichNoExecutorComesDoesNotWaitForEver() {
    spark.close();
    SparkConf conf =
        new SparkConf()
            .setAppName("alone")
            .set("spark.driver.host", "localhost")
            .set("spark.ui.enabled", "false");
    RpcEnv master = Master.startRpcEnvAndEndpoint("localhost", 0, 0, conf)._1();
    spark = new JavaSparkContext(conf.setMaster("spark://" + master.address().hostPort()));
    HangingUnit unit = unit("third period", 9);
    try (SparkFarm farm =
        farm(new FarmLimits(Duration.ZERO, new RetryPolicy(1), Duration.ofSeconds(2)))) {
      assertThat(farm.slots()).isEqualTo(1);
      assertClusterError(
          CompletableFuture.supplyAsync(
              () -> farm.runJob("period", "two tasks", spark -> attemptsOf(unit).toString())),
          "1 member waits and none has run for 2",
          "there is no executor",
          "cluster.executor-time-limit");
    } finally {
      spark.stop();
      master.shutdown();
    }
  }

  private List<String> attemptsOf(HangingUnit unit) {
    return spark.parallelize(TWO_PARTITIONS, 2).map(part -> unit.run(null)).collect();
  }

  /** Scala throws checked exceptions that nothing declares, and ends scheduled tasks by it. */
  @Test
  void aWatchThatFailsGoesOn() {
    spark.close();
    AtomicInteger failures = new AtomicInteger(1);
    spark =
        new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("failing")) {
          @Override
          public void cancelJobGroup(String group) {
            if (failures.getAndDecrement() > 0) {
              Sneaky.sneak(new TimeoutException("the driver doesn't answer"));
            }
            super.cancelJobGroup(group);
          }
        };
    try (SparkFarm farm = farm(SECOND_AND_TWO_ATTEMPTS)) {
      assertThat(farm.submit(unit("hangs-once-more", 1)))
          .succeedsWithin(20, TimeUnit.SECONDS)
          .isEqualTo("attempt 2");
    }
    assertThat(heard)
        .first()
        .asString()
        .contains("the watch over members that hang failed", "the driver doesn't answer");
  }

  @Test
  void theWaitEndsEvenWhereItsReasonCannotBeFoundOut() {
    spark.close();
    spark =
        new JavaSparkContext(new SparkConf().setMaster("local[1]").setAppName("failing")) {
          @Override
          public Boolean isLocal() {
            Sneaky.sneak(new TimeoutException("the driver doesn't answer"));
            return true;
          }
        };
    try (SparkFarm farm =
        farm(new FarmLimits(Duration.ofSeconds(1), new RetryPolicy(1), Duration.ofSeconds(1)))) {
      assertClusterError(farm.submit(unit("busy-2", 9)), "cluster.member-time-limit");
      assertClusterError(
          farm.submit(unit("waits", 0)),
          "Spark can't tell why",
          "the driver doesn't answer",
          "cluster.executor-time-limit");
    }
  }

  @Test
  void unitsForWhichThereIsNoThreadDoNotWaitForEver() {
    FarmLimits limits = new FarmLimits(Duration.ZERO, new RetryPolicy(1), Duration.ofSeconds(2));
    ThreadFactory none =
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    try (SparkFarm farm = farm(limits, none)) {
      List<CompletableFuture<String>> futures =
          IntStream.range(0, 5).mapToObj(i -> farm.submit(unit("threadless-" + i, 0))).toList();
      futures.forEach(
          future ->
              assertClusterError(
                  future,
                  "5 members wait",
                  "can't start another thread (unable to create native thread)",
                  "cluster.executor-time-limit"));
      assertClusterError(farm.submit(unit("late", 0)), "can't start another thread");
    }
    assertThat(heard).singleElement().asString().contains("can't start another thread");
  }

  @Test
  void theSlotsAreThoseOfSparksScheduler() {
    try (SparkFarm farm = farm(FarmLimits.NONE)) {
      assertThat(spark.defaultParallelism()).isEqualTo(100);
      assertThat(farm.slots()).isEqualTo(2);
    }
  }

  private SparkFarm farm(FarmLimits limits) {
    return farm(limits, new DaemonThreads("farm"));
  }

  private SparkFarm farm(FarmLimits limits, ThreadFactory threads) {
    return new SparkFarm(
        spark,
        0,
        limits,
        event -> {
          if (event instanceof RunEvent.ClusterNote note) {
            heard.add(note.text());
          }
        },
        threads);
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

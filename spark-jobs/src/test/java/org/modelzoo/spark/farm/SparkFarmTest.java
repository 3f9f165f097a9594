package org.modelzoo.spark.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.ProgressChannel;

class SparkFarmTest {
  private static final List<Object> HEARD = new CopyOnWriteArrayList<>();
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    ProgressChannel.receive(HEARD::add);
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[4]")
                .setAppName("farm")
                .set("spark.ui.enabled", "false")
                .set("spark.task.cpus", "2")
                .set("spark.default.parallelism", "1")
                .set("spark.scheduler.mode", "FAIR")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.plugins", ProgressChannel.class.getName()));
  }

  /** A farm that has lost its Spark must not look like one without end. */
  @AfterAll
  static void stop() {
    AtomicInteger threads = new AtomicInteger();
    ThreadFactory counting =
        task -> {
          threads.incrementAndGet();
          return new DaemonThreads("counted").newThread(task);
        };
    try (SparkFarm farm = new SparkFarm(spark, 0, FarmLimits.NONE, event -> {}, counting)) {
      spark.stop();
      assertThat(farm.slots()).isEqualTo(1);
      List<CompletableFuture<String>> futures =
          IntStream.range(0, 1000).mapToObj(i -> farm.submit(new Named("lost-" + i))).toList();
      assertThat(futures)
          .allSatisfy(
              future ->
                  assertThat(future)
                      .failsWithin(20, TimeUnit.SECONDS)
                      .withThrowableThat()
                      .havingCause()
                      .isInstanceOf(ModelZooException.class)
                      .withMessageContaining("Spark has stopped"));
      assertThat(threads.get()).isLessThan(10);
    }
  }

  /** What {@code spark.default.parallelism} says is about partitions. */
  @Test
  void aMemberTakesTheCoresOfATask() {
    try (SparkFarm farm = new SparkFarm(spark, 0)) {
      assertThat(farm.slots()).isEqualTo(2);
    }
  }

  @Test
  void everyUnitIsAJobInItsOwnGroup() {
    try (SparkFarm farm = new SparkFarm(spark, 0)) {
      List<CompletableFuture<String>> futures =
          IntStream.range(0, 5).mapToObj(i -> farm.submit(new Named("unit-" + i))).toList();
      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).join()).isEqualTo("unit-" + i + " on 2 cpus");
        assertThat(spark.statusTracker().getJobIdsForGroup("unit-" + i)).hasSize(1);
      }
    }
  }

  @Test
  void aSlotThatGetsFreeFindsTheNextUnitWaiting() throws InterruptedException {
    try (SparkFarm farm = new SparkFarm(spark, 0)) {
      List<CompletableFuture<String>> futures =
          IntStream.range(0, 6).mapToObj(i -> farm.submit(new Waiting("waiting-" + i))).toList();
      awaitActiveJobs(3);
      assertThat(Waiting.MOST_AT_ONCE.get()).isEqualTo(2);
      Waiting.MAY_END.countDown();
      futures.forEach(CompletableFuture::join);
      assertThat(Waiting.MOST_AT_ONCE.get()).isEqualTo(2);
    }
  }

  /** Spark's listeners hear of jobs a little later than they start. */
  private static void awaitActiveJobs(int jobs) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while ((spark.statusTracker().getActiveJobIds().length < jobs || Waiting.MOST_AT_ONCE.get() < 2)
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(spark.statusTracker().getActiveJobIds()).hasSize(jobs);
  }

  @Test
  void anExceptionIsAClusterErrorThatNamesTheUnit() {
    try (SparkFarm farm = new SparkFarm(spark, 0)) {
      assertThatThrownBy(() -> farm.submit(new Broken()).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              ModelZooException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLUSTER))
          .hasMessageContaining("Spark could not complete broken");
    }
  }

  @Test
  void progressReachesTheDriverWhileTheUnitRuns() throws Exception {
    try (SparkFarm farm = new SparkFarm(spark, 0)) {
      farm.submit(new Reporting()).get(30, TimeUnit.SECONDS);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!HEARD.contains("half way") && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(HEARD).contains("half way");
    }
  }

  @Test
  void closingEndsWhatWaits() {
    SparkFarm farm = new SparkFarm(spark, 1);
    List<CompletableFuture<String>> futures =
        IntStream.range(0, 50).mapToObj(i -> farm.submit(new Named("queued-" + i))).toList();
    farm.close();
    assertThat(futures.get(49))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("cancelled");
    assertThat(farm.submit(new Named("late")))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("late was cancelled");
  }

  @Test
  void aShareIsAPoolOfSparksWithItsWeight() {
    try (SparkFarm farm = new SparkFarm(spark, 0)) {
      Farm share = farm.share("heavy", 3);
      assertThat(share.submit(new PoolName()).join()).isEqualTo("heavy");
      assertThat(farm.submit(new PoolName()).join()).isEqualTo("default");
      assertThat(spark.sc().getPoolForName("heavy").get().weight()).isEqualTo(3);
    }
  }

  private abstract static class TestUnit implements Unit<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String pool() {
      return "test";
    }

    @Override
    public String description() {
      return id();
    }
  }

  private static final class Named extends TestUnit implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String id;

    Named(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String run(UnitContext context) {
      return id + " on " + TaskContext.get().cpus() + " cpus";
    }
  }

  /** Holds its slot until the test lets go. */
  private static final class Waiting extends TestUnit {
    private static final long serialVersionUID = 1L;
    private static final CountDownLatch MAY_END = new CountDownLatch(1);
    private static final AtomicInteger AT_ONCE = new AtomicInteger();
    private static final AtomicInteger MOST_AT_ONCE = new AtomicInteger();
    private final String id;

    Waiting(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String run(UnitContext context) {
      MOST_AT_ONCE.accumulateAndGet(AT_ONCE.incrementAndGet(), Math::max);
      try {
        MAY_END.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      AT_ONCE.decrementAndGet();
      return id;
    }
  }

  private static final class Broken extends TestUnit {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String run(UnitContext context) {
      throw new IllegalStateException("on purpose");
    }
  }

  private static final class Reporting extends TestUnit {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return "reporting";
    }

    @Override
    public String run(UnitContext context) {
      context.report("half way");
      return "done";
    }
  }

  private static final class PoolName extends TestUnit {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return "pool name";
    }

    @Override
    public String run(UnitContext context) {
      return TaskContext.get().getLocalProperty("spark.scheduler.pool");
    }
  }
}

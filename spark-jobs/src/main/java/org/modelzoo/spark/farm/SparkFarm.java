package org.modelzoo.spark.farm;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.Pool;
import org.apache.spark.scheduler.SchedulingMode;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.RunEvent.ClusterNote;
import org.modelzoo.spark.event.RunListener;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/**
 * Each unit is one single-partition Spark job in its own named job group, submitted from a thread
 * of the driver. What is tried again, by whom and how often, is in {@link RetryPolicy}.
 */
public final class SparkFarm implements Farm {
  /** The job of units that no share is opened for, in Spark's default pool. */
  private static final String ONLY_JOB = "default";

  private static final String POOL = "spark.scheduler.pool";

  private static final Seq<Object> ONLY_PARTITION =
      JavaConverters.asScalaBuffer(List.<Object>of(0)).toList();

  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> hadoop;

  private final TaskSizes sizes;
  private final ClusterSlots slots;
  private final Dispatcher dispatcher;
  private final UnitWatch watch;
  private final Attempts attempts;

  /** A farm that waits for ever and in silence. */
  public SparkFarm(JavaSparkContext spark, int unitsAtOnce) {
    this(spark, unitsAtOnce, FarmLimits.NONE, event -> {});
  }

  /**
   * A farm over a session.
   *
   * @param unitsAtOnce upper bound; 0 for as many as there are slots
   * @param listener hears of units that hang and of long waits
   */
  public SparkFarm(
      JavaSparkContext spark, int unitsAtOnce, FarmLimits limits, RunListener listener) {
    this(spark, unitsAtOnce, limits, listener, new DaemonThreads("farm"));
  }

  /**
   * @param threads makes those that submit jobs to Spark
   */
  SparkFarm(
      JavaSparkContext spark,
      int unitsAtOnce,
      FarmLimits limits,
      RunListener listener,
      ThreadFactory threads) {
    this.spark = spark;
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.slots = new ClusterSlots(spark);
    this.sizes =
        new TaskSizes(spark, text -> listener.on(new ClusterNote(ClusterNote.Kind.WAIT, text)));
    this.dispatcher =
        new Dispatcher(() -> unitsAtOnce > 0 ? Math.min(unitsAtOnce, jobs()) : jobs(), threads);
    this.watch = new UnitWatch(spark, limits, listener, dispatcher::obstacle);
    this.attempts = new Attempts(spark, limits, watch);
    dispatcher.open(ONLY_JOB, 1);
  }

  /**
   * How many jobs Spark may have: somewhat more than there are slots, so that a slot that gets free
   * finds its next task waiting and need not wait for a job to be made. Spark runs them first come
   * first served, or by its pools where {@code spark.scheduler.mode} is FAIR.
   */
  private int jobs() {
    if (spark.sc().isStopped()) {
      return 0; // The watch ends what waits.
    }
    int count = Math.max(slots(), sizes.others().stream().mapToInt(slots::count).max().orElse(0));
    return count + Math.min(Math.max(1, count / 2), Integer.MAX_VALUE - count);
  }

  @Override
  public int slots() {
    // A stopped one has one, enough to find that out: a search must not start all its trials.
    return spark.sc().isStopped() ? 1 : Math.max(1, slots.count());
  }

  @Override
  public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    return submit(ONLY_JOB, sizes.usual(), unit);
  }

  @Override
  public Farm share(String job, int weight) {
    dispatcher.open(job, weight);
    if (spark.sc().getSchedulingMode().equals(SchedulingMode.FAIR())) {
      // What Spark itself makes of a line in spark.scheduler.allocation.file.
      spark
          .sc()
          .taskScheduler()
          .rootPool()
          .addSchedulable(new Pool(job, SchedulingMode.FIFO(), 0, weight));
    }
    return new Share(job, sizes.usual());
  }

  @Override
  public Farm sized(MemberSize size) {
    return new Share(ONLY_JOB, sizes.of(size));
  }

  private <R extends Serializable> CompletableFuture<R> submit(
      String job, RDD<Integer> over, Unit<R> unit) {
    CompletableFuture<R> future = watch.awaited();
    if (attempts.areClosed()) {
      future.completeExceptionally(attempts.clusterError(unit.id(), null));
    }
    if (future.isDone()) {
      return future;
    }
    dispatcher.submit(
        job,
        unit.pool(),
        () -> {
          try {
            UnitAnswer answer = runToEnd(job, over, unit);
            @SuppressWarnings("unchecked") // The unit's own class says what it gives.
            R result = (R) answer.result();
            future.complete(result);
            return answer.seconds();
          } catch (ModelZooException e) {
            future.completeExceptionally(e);
          } catch (Throwable e) {
            future.completeExceptionally(attempts.clusterError(unit.id(), e));
          }
          return 0;
        });
    return future;
  }

  @Override
  public <R> R runJob(String id, String description, SparkWork<R> work) {
    CompletableFuture<R> future = watch.awaited();
    try {
      return attempts.run(id, description, () -> work.run(spark));
    } finally {
      future.cancel(false);
    }
  }

  /** Again on another executor where one had to leave. */
  private UnitAnswer runToEnd(String job, RDD<Integer> over, Unit<?> unit) {
    while (true) {
      Object answer = attempts.run(unit.id(), unit.description(), () -> runUnit(job, over, unit));
      if (answer instanceof UnitAnswer result) {
        return result;
      }
      watch.say(
          ClusterNote.Kind.HAND_BACK,
          "%s was handed back by %s, which is leaving; it continues on another executor"
              .formatted(unit.id(), ((HandedBack) answer).executor()));
    }
  }

  /**
   * Gives an answer, or a unit that was handed back.
   *
   * @param over what the job runs over: the unit is in its function
   */
  private Object runUnit(String job, RDD<Integer> over, Unit<?> unit) {
    spark.setLocalProperty(POOL, job);
    try {
      byte[][] results =
          (byte[][])
              spark
                  .sc()
                  .runJob(
                      over,
                      new UnitTask<>(hadoop, Wire.toBytes(unit)),
                      ONLY_PARTITION,
                      ClassTag.apply(byte[].class));
      Object result = Wire.fromBytes(results[0]);
      if (result instanceof Refusal refusal) {
        throw new ModelZooException(ErrorKind.CLUSTER, refusal.message());
      }
      return result;
    } finally {
      spark.setLocalProperty(POOL, null);
    }
  }

  @Override
  public void close() {
    attempts.close();
    dispatcher.close();
    watch.close(attempts.clusterError("a unit", null));
  }

  private final class Share implements Farm {
    private final String job;
    private final RDD<Integer> over;

    Share(String job, RDD<Integer> over) {
      this.job = job;
      this.over = over;
    }

    @Override
    public Farm sized(MemberSize size) {
      return new Share(job, sizes.of(size));
    }

    @Override
    public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
      return SparkFarm.this.submit(job, over, unit);
    }

    @Override
    public <R> R runJob(String id, String description, SparkWork<R> work) {
      return SparkFarm.this.runJob(id, description, work);
    }

    @Override
    public int slots() {
      return SparkFarm.this.slots();
    }

    @Override
    public void close() {
      // The farm is the others' too.
    }
  }
}

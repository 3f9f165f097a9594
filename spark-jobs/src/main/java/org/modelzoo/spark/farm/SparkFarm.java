package org.modelzoo.spark.farm;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.Pool;
import org.apache.spark.scheduler.SchedulingMode;
import org.apache.spark.util.CallSite;
import org.apache.spark.util.SerializableConfiguration;
import org.modelzoo.config.ErrorKind;
import org.modelzoo.config.ModelZooException;
import org.modelzoo.spark.progress.RunListener;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/**
 * Each unit is one single-partition Spark job in its own named job group, submitted from a thread
 * of the driver. Exceptions inside a unit come back as results; only lost executors reach Spark's
 * own retry ({@code spark.task.maxFailures}). A unit that hangs is cancelled and started again.
 */
public final class SparkFarm implements SharedFarm {
  /** The job of units that no share is opened for, in Spark's default pool. */
  private static final String ONLY_JOB = "default";

  private static final String POOL = "spark.scheduler.pool";

  private static final Seq<Object> ONLY_PARTITION =
      JavaConverters.asScalaBuffer(List.<Object>of(0)).toList();

  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** What every job runs over: the unit is in its function, and Spark keeps no data set for it. */
  private final RDD<Integer> onePartition;

  private final Dispatcher dispatcher;
  private final SparkConf settings;
  private final int coresPerUnit;
  private final FarmLimits limits;
  private final UnitWatch watch;
  private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

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
    this.spark = spark;
    this.limits = limits;
    this.watch = new UnitWatch(spark, limits, listener);
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.onePartition = spark.parallelize(List.of(0), 1).rdd();
    this.settings = spark.getConf(); // A copy, dear when asked for at every unit.
    this.coresPerUnit = settings.getInt("spark.task.cpus", 1);
    this.dispatcher =
        new Dispatcher(() -> unitsAtOnce > 0 ? Math.min(unitsAtOnce, jobs()) : jobs());
    dispatcher.open(ONLY_JOB, 1);
  }

  /**
   * How many jobs Spark may have: somewhat more than there are slots, so that a slot that gets free
   * finds its next task waiting and need not wait for a job to be made. Spark runs them first come
   * first served, or by its pools where {@code spark.scheduler.mode} is FAIR.
   */
  private int jobs() {
    if (spark.sc().isStopped()) {
      return Integer.MAX_VALUE; // Lets every unit that waits run into its error.
    }
    int slots = slots();
    return slots + Math.min(Math.max(1, slots / 2), Integer.MAX_VALUE - slots);
  }

  @Override
  public int slots() {
    if (spark.sc().isStopped()) {
      return 1; // Enough to find that out: a search must not start all its trials.
    }
    if (settings.getBoolean("spark.dynamicAllocation.enabled", false)) {
      // Executors are asked for only while jobs wait for them, so let jobs wait.
      long executors = settings.getInt("spark.dynamicAllocation.maxExecutors", 256);
      long most = executors * settings.getInt("spark.executor.cores", 1) / coresPerUnit;
      return (int) Math.max(1, Math.min(most, Integer.MAX_VALUE));
    }
    if (settings.contains("spark.task.resource.gpu.amount")) {
      return Math.max(
          1,
          spark
              .sc()
              .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile()));
    }
    return Math.max(1, spark.defaultParallelism() / coresPerUnit);
  }

  @Override
  public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    return submit(ONLY_JOB, unit);
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
    return new Share(job);
  }

  private <R extends Serializable> CompletableFuture<R> submit(String job, Unit<R> unit) {
    CompletableFuture<R> future = new CompletableFuture<>();
    open.add(future);
    if (closed) {
      future.completeExceptionally(clusterError(unit.id(), null));
    }
    dispatcher.submit(
        job,
        unit.pool(),
        () -> {
          try {
            UnitAnswer answer = run(job, unit);
            @SuppressWarnings("unchecked") // The unit's own class says what it gives.
            R result = (R) answer.result();
            future.complete(result);
            return answer.seconds();
          } catch (ModelZooException e) {
            future.completeExceptionally(e);
          } catch (Throwable e) {
            future.completeExceptionally(clusterError(unit.id(), e));
          } finally {
            open.remove(future);
          }
          return 0;
        });
    return future;
  }

  /** A unit that hangs is started again: it finds what it has written, or does the same again. */
  private UnitAnswer run(String job, Unit<?> unit) {
    for (int attempt = 1; ; attempt++) {
      if (closed) {
        throw clusterError(unit.id(), null);
      }
      // A group of its own, so that what ends one attempt leaves the next one alone.
      String group = attempt == 1 ? unit.id() : unit.id() + ", attempt " + attempt;
      Throwable error;
      try {
        watch.opened(group);
        return runJob(job, unit, group);
      } catch (Throwable e) { // Spark throws checked exceptions that it doesn't declare.
        error = e;
      } finally {
        spark.clearJobGroup();
        spark.clearCallSite();
        spark.setLocalProperty(POOL, null);
      }
      Optional<RunningUnit> hung = watch.closed(group);
      if (error instanceof ModelZooException known) {
        throw known;
      }
      if (!closed) {
        watch.requireHope();
      }
      if (closed || hung.isEmpty()) {
        throw clusterError(unit.id(), error);
      }
      requireAnotherAttempt(unit, hung.get(), attempt, error);
    }
  }

  private UnitAnswer runJob(String job, Unit<?> unit, String group) {
    spark.setLocalProperty(POOL, job);
    spark.setJobGroup(group, unit.description(), true);
    // Both forms: where one is missing, Spark reads the stack for it.
    spark.sc().setCallSite(new CallSite(unit.id(), unit.description()));
    byte[][] results =
        (byte[][])
            spark
                .sc()
                .runJob(
                    onePartition,
                    new UnitTask<>(hadoop, Wire.toBytes(unit)),
                    ONLY_PARTITION,
                    ClassTag.apply(byte[].class));
    var unused = watch.closed(group);
    Object result = Wire.fromBytes(results[0]);
    if (result instanceof Refusal refusal) {
      throw new ModelZooException(ErrorKind.CLUSTER, refusal.message());
    }
    return (UnitAnswer) result;
  }

  private void requireAnotherAttempt(Unit<?> unit, RunningUnit hung, int attempt, Throwable error) {
    String what =
        "%s ran on %s for more than %s (cluster.member-time-limit)"
            .formatted(unit.id(), hung.place(), Durations.text(limits.unitTime()));
    if (attempt >= limits.unitAttempts()) {
      throw new ModelZooException(
          ErrorKind.CLUSTER,
          what
              + " in attempt %d of %d; look at that executor's log, raise the limit if members take that long, and run the same command to continue"
                  .formatted(attempt, limits.unitAttempts()),
          error);
    }
    watch.say(
        what
            + " and was ended; attempt %d of %d follows"
                .formatted(attempt + 1, limits.unitAttempts())
            + (spark.isLocal() ? ". If it does not stop, its slot stays busy until the end" : ""));
  }

  private ModelZooException clusterError(String unit, Throwable error) {
    if (closed) {
      return new ModelZooException(
          ErrorKind.CLUSTER, unit + " was cancelled; run the same command to continue", error);
    }
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "the cluster gave up %s: %s; finished members are kept, run the same command to continue"
            .formatted(unit, String.valueOf(error.getMessage()).lines().findFirst().orElse("")),
        error);
  }

  @Override
  public void close() {
    closed = true;
    dispatcher.close();
    watch.close();
    open.forEach(future -> future.completeExceptionally(clusterError("a unit", null)));
  }

  private final class Share implements Farm {
    private final String job;

    Share(String job) {
      this.job = job;
    }

    @Override
    public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
      return SparkFarm.this.submit(job, unit);
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

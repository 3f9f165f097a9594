package org.modelzoo.spark.dataparallel;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.Place;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.LocalCards;
import org.modelzoo.spark.farm.MemberSize;
import org.modelzoo.spark.farm.SparkFarm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.job.MemberEvents;
import org.modelzoo.spark.job.MemberUnit;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.MemberTraining;

/**
 * A farm on which a member whose plan says so is trained by several workers together. Those members
 * take the whole cluster and so go one after another, whatever their jobs' weights; all other units
 * go to the farm inside. Lives on the driver.
 */
public final class DataParallelFarm implements Farm {
  private final JavaSparkContext spark;
  private final SparkFarm farm;
  private final RunListener listener;
  private final ExecutorService oneAtATime =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "data-parallel");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean closed;

  /**
   * @param farm for all that one executor does, with the limits for all; closed with this one
   * @param listener hears the progress of data-parallel members
   */
  public DataParallelFarm(JavaSparkContext spark, SparkFarm farm, RunListener listener) {
    this.spark = spark;
    this.farm = farm;
    this.listener = listener;
  }

  @Override
  public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    return submit(unit, farm);
  }

  @Override
  public Farm share(String job, int weight) {
    return new Share(farm.share(job, weight));
  }

  @Override
  public Farm sized(MemberSize size) {
    return new Share(farm.sized(size));
  }

  private <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit, Farm inside) {
    if (!(unit instanceof MemberUnit member) || !member.plan().training().dataParallel().isOn()) {
      return inside.submit(unit);
    }
    CompletableFuture<MemberOutcome> outcome;
    try {
      outcome = CompletableFuture.supplyAsync(() -> train(member, inside), oneAtATime);
    } catch (RejectedExecutionException e) {
      outcome = CompletableFuture.failedFuture(cancelled(member, e));
    }
    @SuppressWarnings("unchecked") // A member's unit gives an outcome.
    CompletableFuture<R> given = (CompletableFuture<R>) outcome;
    return given;
  }

  private MemberOutcome train(MemberUnit member, Farm inside) {
    if (closed) {
      throw cancelled(member, null);
    }
    MemberPlan plan = member.plan();
    try (SparkReplicas replicas = new SparkReplicas(spark, farm, inside, member)) {
      MemberOutcome outcome =
          MemberTraining.by(replicas, plan, member.directory(spark.hadoopConfiguration()))
              .run(new MemberEvents(member, place(plan), listener::on), () -> closed);
      if (closed && !(outcome instanceof MemberOutcome.Completed)) {
        throw cancelled(member, null);
      }
      return outcome;
    }
  }

  private Place place(MemberPlan plan) {
    boolean cards =
        spark.getConf().contains("spark.task.resource.gpu.amount")
            || LocalCards.of(spark.getConf()).isPresent();
    return new Place(plan.training().dataParallel().workers() + " workers", cards ? "gpu" : "cpu");
  }

  private static ModelZooException cancelled(MemberUnit member, Throwable cause) {
    return new ModelZooException(
        ErrorKind.CLUSTER, member.id() + " was cancelled; run the same command to continue", cause);
  }

  @Override
  public <R> R runJob(String id, String description, SparkWork<R> work) {
    return farm.runJob(id, description, work);
  }

  @Override
  public int slots() {
    return farm.slots();
  }

  @Override
  public void close() {
    closed = true;
    oneAtATime.shutdown();
    farm.close();
  }

  private final class Share implements Farm {
    private final Farm inside;

    Share(Farm inside) {
      this.inside = inside;
    }

    @Override
    public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
      return DataParallelFarm.this.submit(unit, inside);
    }

    @Override
    public <R> R runJob(String id, String description, SparkWork<R> work) {
      return inside.runJob(id, description, work);
    }

    @Override
    public Farm sized(MemberSize size) {
      return new Share(inside.sized(size));
    }

    @Override
    public int slots() {
      return inside.slots();
    }

    @Override
    public void close() {
      // The farm is the others' too.
    }
  }
}

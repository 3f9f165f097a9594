package org.modelzoo.spark.benchmark;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.farm.UnitContext;
import org.modelzoo.spark.job.search.RungUnit;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.PartialTraining;
import org.modelzoo.training.TaskScore;

/** Lets a farm's slots do nothing where they would train trials. */
final class InventedRungs implements Farm {
  private final Farm farm;

  /**
   * @param farm not closed with this one
   */
  InventedRungs(Farm farm) {
    this.farm = farm;
  }

  /** A loss of a trial, smaller after longer training. */
  static double loss(int trial, int resource) {
    return new SplittableRandom(trial).nextDouble() + 1.0 / resource;
  }

  @Override
  public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    if (!(unit instanceof RungUnit rung)) {
      throw new IllegalArgumentException("no rung: " + unit.id());
    }
    @SuppressWarnings("unchecked") // A rung's unit gives a PartialTraining.Result.
    CompletableFuture<R> future = (CompletableFuture<R>) farm.submit(new Idle(rung));
    return future;
  }

  @Override
  public int slots() {
    return farm.slots();
  }

  @Override
  public void close() {
    // The farm inside is somebody else's.
  }

  private record Idle(RungUnit rung) implements Unit<PartialTraining.Result> {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return rung.id();
    }

    @Override
    public String pool() {
      return rung.pool();
    }

    @Override
    public String description() {
      return rung.description();
    }

    @Override
    public PartialTraining.Result run(UnitContext context) {
      int trial = Integer.parseInt(rung.trial().substring("trial-".length()));
      double loss = loss(trial, rung.training().until());
      return new PartialTraining.Result(
          new MemberOutcome.Completed(List.of()), List.of(new TaskScore(0, loss, 0)), 1, 0);
    }
  }
}

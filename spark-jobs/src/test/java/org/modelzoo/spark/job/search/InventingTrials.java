package org.modelzoo.spark.job.search;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.job.InventingFarm;
import org.modelzoo.training.MemberOutcome;
import org.modelzoo.training.MemberPlan;
import org.modelzoo.training.PartialTraining;
import org.modelzoo.training.TaskScore;

/**
 * A farm that trains nothing: rungs end after a random time, in any order, with scores that only
 * their plans determine, and leave a checkpoint. Members of zoos go to an inventing farm.
 */
final class InventingTrials implements Farm {
  static final int IMAGES_PER_EPOCH = 100;

  private final int slots;
  private final ExecutorService threads;
  private final SplittableRandom pauses;
  private final InventingFarm members;
  private final Map<String, Function<RungUnit, PartialTraining.Result>> endings = new HashMap<>();
  private final List<String> trained = Collections.synchronizedList(new ArrayList<>());
  private boolean broken;

  InventingTrials(int slots, long timing) {
    this.slots = slots;
    this.threads = Executors.newFixedThreadPool(slots);
    this.pauses = new SplittableRandom(timing);
    this.members = new InventingFarm(slots, timing);
  }

  /** Lets the rungs of a trial end otherwise; null for as ever. */
  InventingTrials with(int trial, Function<RungUnit, PartialTraining.Result> ending) {
    endings.put(Trial.name(trial), ending);
    return this;
  }

  /** Sets the wall clock by which members of zoos say when they ended; all begin at 0. */
  InventingTrials wallClock(long millis) {
    members.wallClock(millis);
    return this;
  }

  /** A farm whose cluster is gone. */
  InventingTrials broken() {
    broken = true;
    return this;
  }

  @Override
  public synchronized <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
    if (broken) {
      return CompletableFuture.failedFuture(
          new ModelZooException(ErrorKind.CLUSTER, "the cluster is gone"));
    }
    if (!(unit instanceof RungUnit rung)) {
      return members.submit(unit);
    }
    long millis = pauses.nextInt(4);
    return CompletableFuture.supplyAsync(
        () -> {
          @SuppressWarnings("unchecked") // A rung's unit gives a PartialTraining.Result.
          R result = (R) train(rung, millis);
          return result;
        },
        threads);
  }

  private PartialTraining.Result train(RungUnit unit, long millis) {
    trained.add("%s to %d".formatted(unit.trial(), unit.training().until()));
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      PartialTraining.Result ending =
          endings.getOrDefault(unit.trial(), any -> (PartialTraining.Result) null).apply(unit);
      if (ending != null) {
        return ending;
      }
      Path checkpoints = Path.of(URI.create(unit.directory())).resolve("trials/" + unit.trial());
      Files.createDirectories(checkpoints);
      Files.writeString(checkpoints.resolve(unit.training().member().id()), "checkpoint");
      return finished(unit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Better the nearer the learning rate is to 0.01, and the longer it is trained. */
  private static PartialTraining.Result finished(RungUnit unit) {
    MemberPlan plan = unit.training().member();
    double distance = Math.log10(plan.training().learningRate()) + 2;
    double loss = distance * distance + 1.0 / unit.training().until();
    List<TaskScore> scores =
        plan.tasks().stream().map(task -> new TaskScore(task, loss + task, 0.5)).toList();
    long images = (long) IMAGES_PER_EPOCH * (unit.training().until() - unit.training().from());
    return new PartialTraining.Result(new MemberOutcome.Completed(List.of()), scores, images, 0.25);
  }

  /** The rungs in the order of starting, such as {@code trial-00003 to 6}. */
  List<String> trained() {
    return List.copyOf(trained);
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public void close() {
    threads.shutdown();
    members.close();
  }
}

package org.modelzoo.spark.job.search;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.search.RungReport;
import org.modelzoo.search.Trial;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.Unit;
import org.modelzoo.spark.job.RunLoop;
import org.modelzoo.spark.job.RunResults;
import org.modelzoo.spark.job.TrainingTime;
import org.modelzoo.store.MemberFile;
import org.modelzoo.store.MemberStore;
import org.modelzoo.store.RunDirectory;

/**
 * Trials that are whole zoos: each has a run directory inside the study's, and a rung adds rounds
 * to it. Lives on the driver, a thread for each zoo in work.
 */
final class ZooTrials implements TrialTraining {
  private final SearchConfig search;
  private final RunDirectory study;
  private final Farm farm;
  private final RunListener listener;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "zoo-trial");
            thread.setDaemon(true);
            return thread;
          });

  ZooTrials(SearchConfig search, RunDirectory study, Farm farm, RunListener listener) {
    this.search = search;
    this.study = study;
    this.farm = farm;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<RungReport> start(TrialRung rung) {
    return CompletableFuture.supplyAsync(() -> train(rung), threads);
  }

  private RungReport train(TrialRung rung) {
    long startedNanos = System.nanoTime();
    RunDirectory run = study.inside(SearchFiles.TRIALS + "/" + rung.trialName());
    run.deleteUnfinished();
    try {
      RunResults results =
          new RunLoop(
                  rung.study() + " " + rung.trialName(),
                  config(rung),
                  Method.ZOO,
                  run,
                  new TimedFarm(rung.before()),
                  listener)
              .run();
      return RungReport.finished(
          TrialObjective.mean(
              search.objective(), results.scores(TrialObjective.split(search.objective()))),
          results.trainImages() - rung.before().images(),
          seconds(results.trainSeconds(), rung, startedNanos));
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeIsUp) {
        return withoutResult(
            run, rung, startedNanos, MemberTrials.timeIsUp(search), RungReport::cancelled);
      }
      throw e;
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.TRAINING) {
        return withoutResult(run, rung, startedNanos, e.getMessage(), RungReport::diverged);
      }
      throw e;
    }
  }

  /** What its members trained on counts all the same. */
  private static RungReport withoutResult(
      RunDirectory run, TrialRung rung, long startedNanos, String message, Ending ending) {
    List<MemberFile> members = new MemberStore(run).outcomes();
    return ending.of(
        members.stream().mapToLong(MemberFile::trainImages).sum() - rung.before().images(),
        seconds(TrainingTime.seconds(members), rung, startedNanos),
        message);
  }

  /**
   * The members' files tell when they trained by the wall clocks of their executors, which may be
   * set or differ; a trial's limit is decided by this driver's steady one, so it has the last word.
   */
  private static double seconds(double trained, TrialRung rung, long startedNanos) {
    double elapsed = (System.nanoTime() - startedNanos) / 1e9;
    return Math.max(0, Math.min(trained - rung.before().seconds(), elapsed));
  }

  /** A rung that ended without a value. */
  @FunctionalInterface
  private interface Ending {
    RungReport of(long images, double seconds, String message);
  }

  /** With fewer rounds a zoo's rounds are the first ones of the whole. */
  private static ModelZooConfig config(TrialRung rung) {
    return rung.config().values().zoo().mode() == ZooConfig.Mode.CONTINUAL
        ? rung.config().values()
        : rung.config().with(List.of("zoo.rounds=" + rung.until())).values();
  }

  /** Takes no member any more once the trial's time is used up. */
  private final class TimedFarm implements Farm {
    private final long started = System.nanoTime();
    private final Trial before;

    TimedFarm(Trial before) {
      this.before = before;
    }

    @Override
    public <R extends Serializable> CompletableFuture<R> submit(Unit<R> unit) {
      double seconds = before.seconds() + (System.nanoTime() - started) / 1e9;
      return search.trialSeconds() > 0 && seconds >= search.trialSeconds()
          ? CompletableFuture.failedFuture(new TimeIsUp())
          : farm.submit(unit);
    }

    @Override
    public int slots() {
      return farm.slots();
    }

    @Override
    public void close() {
      // The farm inside is the search's.
    }
  }

  private static final class TimeIsUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeIsUp() {
      super("the trial's time is used up", null, false, false);
    }
  }
}

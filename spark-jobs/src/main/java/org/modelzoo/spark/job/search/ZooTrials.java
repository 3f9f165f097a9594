package org.modelzoo.spark.job.search;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.config.SearchConfig;
import org.modelzoo.config.TrialResource;
import org.modelzoo.config.ZooConfig;
import org.modelzoo.search.RungOutcome;
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
final class ZooTrials {
  private final SearchConfig search;
  private final TrialResource resource;
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

  ZooTrials(ModelZooConfig experiment, RunDirectory study, Farm farm, RunListener listener) {
    this.search = experiment.search();
    this.resource = TrialResource.of(experiment);
    this.study = study;
    this.farm = farm;
    this.listener = listener;
  }

  /**
   * Starts a trial's rung, and doesn't wait for it.
   *
   * @param config the trial's
   * @return fails with a {@link ModelZooException} where the rung ended for reasons that are not
   *     the trial's
   */
  CompletableFuture<RungOutcome> start(Trial trial, LoadedConfig config) {
    return CompletableFuture.supplyAsync(() -> train(trial, config), threads);
  }

  private RungOutcome train(Trial trial, LoadedConfig config) {
    long startedNanos = System.nanoTime();
    RunDirectory run = study.inside(SearchFiles.TRIALS + "/" + trial.name());
    run.deleteUnfinished();
    try {
      RunResults results =
          new RunLoop(
                  config.values().experiment().name() + " " + trial.name(),
                  upTo(trial.rung().to(), config),
                  Method.ZOO,
                  Optional.empty(),
                  run,
                  new TimedFarm(trial),
                  listener)
              .run();
      return RungOutcome.finished(
          TrialObjective.mean(
              search.objective(), results.scores(TrialObjective.split(search.objective()))),
          results.trainImages() - trial.images(),
          seconds(results.trainSeconds(), trial, startedNanos));
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeIsUp) {
        List<MemberFile> members = new MemberStore(run).outcomes();
        return RungOutcome.cancelled(
            images(members, trial),
            seconds(TrainingTime.seconds(members), trial, startedNanos),
            MemberTrials.timeIsUp(search));
      }
      throw e;
    } catch (ModelZooException e) {
      if (e.kind() == ErrorKind.TRAINING) {
        List<MemberFile> members = new MemberStore(run).outcomes();
        return RungOutcome.diverged(
            images(members, trial),
            seconds(TrainingTime.seconds(members), trial, startedNanos),
            e.getMessage());
      }
      throw e;
    }
  }

  /** Of the members of this rung, whatever became of the others. */
  private static long images(List<MemberFile> members, Trial before) {
    return members.stream().mapToLong(MemberFile::trainImages).sum() - before.images();
  }

  /**
   * The members' files tell when they trained by the wall clocks of their executors, which may be
   * set or differ; a trial's limit is decided by this driver's steady one, so it has the last word.
   */
  private static double seconds(double trained, Trial before, long startedNanos) {
    double elapsed = (System.nanoTime() - startedNanos) / 1e9;
    return Math.max(0, Math.min(trained - before.seconds(), elapsed));
  }

  /** With fewer rounds a zoo's rounds are the first ones of the whole. */
  private ModelZooConfig upTo(int rounds, LoadedConfig config) {
    return config.values().zoo().mode() == ZooConfig.Mode.CONTINUAL
        ? config.values()
        : config.with(List.of("zoo.rounds=" + resource.until(rounds, config.values()))).values();
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

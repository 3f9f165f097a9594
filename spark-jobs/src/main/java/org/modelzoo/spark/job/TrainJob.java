package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.modelzoo.config.KebabCase;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.report.RunSummary;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.progress.RunEvent;
import org.modelzoo.spark.progress.RunListener;
import org.modelzoo.store.RunDirectory;

/**
 * Trains an experiment: its method and its baselines, side by side on one farm, each in its own run
 * directory. Runs on the driver.
 */
public final class TrainJob {
  private final LoadedConfig config;
  private final RunDirectory directory;
  private final List<Method> methods = new ArrayList<>();

  /**
   * A job over a run directory.
   *
   * @param dataFingerprint of the checked input
   * @throws org.modelzoo.config.ModelZooException if the directory belongs to something else
   */
  public TrainJob(LoadedConfig config, RunDirectory directory, String dataFingerprint) {
    this.config = config;
    this.directory = directory;
    methods.add(config.values().experiment().method());
    methods.addAll(config.values().experiment().baselines());
    for (Method method : methods) {
      new RunOpening(config, method, dataFingerprint).open(directoryOf(method));
    }
  }

  private RunDirectory directoryOf(Method method) {
    return method == methods.get(0)
        ? directory
        : directory.inside("baselines/" + KebabCase.of(method));
  }

  /** The summaries of method and baselines, if all of them are finished. */
  public List<RunSummary> finished() {
    List<RunSummary> summaries = new ArrayList<>();
    for (Method method : methods) {
      RunDirectory run = directoryOf(method);
      if (!run.has("summary.json")) {
        return List.of();
      }
      summaries.add(run.read("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION));
    }
    return summaries;
  }

  /**
   * Trains what is missing.
   *
   * @return the summaries of method and baselines, the method first
   * @throws org.modelzoo.config.ModelZooException the first error, after all methods have ended
   */
  public List<RunSummary> run(Farm farm, RunListener listener) {
    ExecutorService threads = Executors.newFixedThreadPool(methods.size());
    try {
      List<CompletableFuture<Trained>> running = new ArrayList<>();
      for (Method method : methods) {
        running.add(CompletableFuture.supplyAsync(() -> train(method, farm, listener), threads));
      }
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
          .exceptionally(error -> null)
          .join();
      return finish(running.stream().map(CompletableFuture::join).toList(), listener);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      threads.shutdown();
    }
  }

  private Trained train(Method method, Farm farm, RunListener listener) {
    long started = System.nanoTime();
    RunDirectory run = directoryOf(method);
    RunLoop loop = new RunLoop(config.values(), method, run, farm, listener);
    RunEstimate estimate = RunEstimate.of(config.values(), method);
    listener.on(
        new RunEvent.Started(
            KebabCase.of(method),
            run.location(),
            estimate.rounds(),
            loop.roundsDone(),
            estimate.images().orElse(0)));
    loop.run();
    return new Trained(method, loop, (System.nanoTime() - started) / 1e9);
  }

  /** Baselines first: their averages stand in the method's summary. */
  private List<RunSummary> finish(List<Trained> trained, RunListener listener) {
    Map<String, Double> averages = new LinkedHashMap<>();
    List<RunSummary> baselines = new ArrayList<>();
    for (Trained baseline : trained.subList(1, trained.size())) {
      RunSummary summary = baseline.loop().finish(baseline.wallSeconds(), Map.of());
      averages.put(summary.method(), summary.averageAccuracy());
      baselines.add(summary);
    }
    Trained main = trained.get(0);
    List<RunSummary> summaries = new ArrayList<>();
    summaries.add(main.loop().finish(main.wallSeconds(), averages));
    summaries.addAll(baselines);
    listener.on(new RunEvent.Finished(KebabCase.of(main.method()), directory.location()));
    return summaries;
  }

  private record Trained(Method method, RunLoop loop, double wallSeconds) {}
}

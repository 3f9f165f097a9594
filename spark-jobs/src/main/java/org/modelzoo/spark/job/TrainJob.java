package org.modelzoo.spark.job;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.base.KebabCase;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.config.Method;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.data.CheckedData;
import org.modelzoo.data.DataCheck;
import org.modelzoo.report.ResultTable;
import org.modelzoo.report.RunSummary;
import org.modelzoo.report.run.RunReport;
import org.modelzoo.run.RunHistory;
import org.modelzoo.run.WholeRun;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.event.RunListeners;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.job.RunDirectories.Start;
import org.modelzoo.store.FoundRecord;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * Trains an experiment: its method and its baselines, side by side on one farm, each in its own run
 * directory; those that follow the zoo, once it is finished. Runs on the driver.
 */
public final class TrainJob extends LeasedJob {
  private final LoadedConfig config;
  private final RunDirectory directory;
  private final CheckedData data;
  private final String prefix;
  private final List<Method> methods;
  private Optional<BaseZoo> base = Optional.empty();
  private List<RunSummary> summaries;

  /**
   * A job over a run directory; writes nothing yet.
   *
   * @param data that was checked
   * @throws org.modelzoo.base.ModelZooException if the directory belongs to something else
   */
  public TrainJob(LoadedConfig config, RunDirectory directory, CheckedData data) {
    this(config, directory, data, "");
  }

  /**
   * As the other, one of several jobs on a farm.
   *
   * @param prefix of its runs' names in progress and in Spark's pages
   * @throws org.modelzoo.base.ModelZooException if the directory belongs to something else
   */
  public TrainJob(LoadedConfig config, RunDirectory directory, CheckedData data, String prefix) {
    this.prefix = prefix;
    this.config = config;
    this.directory = directory;
    this.data = data;
    this.methods = config.values().methods();
    for (Method method : methods) {
      RunDirectory run = directoryOf(method, directory);
      opening(method).check(run);
      opening(method).requireSameStart(run, () -> finished(run).isPresent());
    }
  }

  /**
   * The job of a configuration, in the directory that it names.
   *
   * @param prefix of its runs' names in progress and in Spark's pages
   * @throws org.modelzoo.base.ModelZooException if data is missing or the directory belongs to
   *     something else
   */
  public static TrainJob of(LoadedConfig given, Start start, Configuration hadoop, String prefix) {
    LoadedConfig config = Locations.qualified(given, hadoop);
    return new TrainJob(
        config,
        RunDirectories.of(config.values(), start, hadoop),
        DataCheck.check(config.values().data(), hadoop),
        prefix);
  }

  @Override
  public String name() {
    return config.values().experiment().name();
  }

  @Override
  public ModelZooConfig config() {
    return config.values();
  }

  @Override
  public RunDirectory directory() {
    return directory;
  }

  @Override
  protected String label() {
    return name(methods.get(0));
  }

  /**
   * Lets the zoo begin with the rounds of another one, which {@link #run} takes over.
   *
   * @param zoo run directory of a finished continual zoo; only read
   * @throws org.modelzoo.base.ModelZooException as {@link BaseZoo#open}
   */
  public void extend(RunDirectory zoo, Configuration hadoop) {
    base = Optional.of(BaseZoo.open(zoo, config, data, hadoop));
  }

  private RunOpening opening(Method method) {
    return RunOpening.ofRun(config.forMethod(method), method, data);
  }

  private String name(Method method) {
    return prefix + KebabCase.of(method);
  }

  private RunDirectory directoryOf(Method method, RunDirectory experiment) {
    return method == methods.get(0)
        ? experiment
        : experiment.inside("baselines/" + KebabCase.of(method));
  }

  /**
   * The summaries of method and baselines, the method first, if all are finished and their files
   * whole. Its directory is looked at for the first answer only: after that this driver alone works
   * on it.
   */
  public synchronized List<RunSummary> summaries() {
    if (summaries == null) {
      List<RunSummary> found = new ArrayList<>();
      methods.forEach(method -> finished(directoryOf(method, directory)).ifPresent(found::add));
      boolean all = found.size() == methods.size();
      summaries = all && found.get(0).baselines().equals(averages(found)) ? found : List.of();
    }
    return summaries;
  }

  @Override
  public boolean isFinished() {
    return !summaries().isEmpty();
  }

  @Override
  public String results() {
    return (isFinished() ? ResultTable.of(summaries()) : "not finished\n")
        + "run directory      %s\n".formatted(directory.location());
  }

  private static Optional<RunSummary> finished(RunDirectory run) {
    return summaryOf(run)
        .record()
        .filter(summary -> WholeRun.damage(run, summary.rounds()).isEmpty());
  }

  private static FoundRecord<RunSummary> summaryOf(RunDirectory run) {
    return run.find("summary.json", RunSummary.class, RunSummary.FORMAT_VERSION);
  }

  /** Average accuracy of each baseline, as it stands in the method's summary. */
  private static Map<String, Double> averages(List<RunSummary> summaries) {
    Map<String, Double> averages = new LinkedHashMap<>();
    summaries
        .subList(1, summaries.size())
        .forEach(baseline -> averages.put(baseline.method(), baseline.averageAccuracy()));
    return averages;
  }

  /**
   * Trains what is missing.
   *
   * @param lease of the run directory, which covers the baselines inside it
   * @throws org.modelzoo.base.ModelZooException the first error, after all methods have ended
   */
  @Override
  public void run(RunLease lease, Farm farm, RunListener listener) {
    RunDirectory held = lease.fence(directory);
    config
        .values()
        .warnings()
        .forEach(text -> listener.on(new RunEvent.Remark(name(methods.get(0)), text)));
    for (Method method : methods) {
      opening(method)
          .open(directoryOf(method, held))
          .ifPresent(remark -> listener.on(new RunEvent.Remark(name(method), remark)));
    }
    base.ifPresent(
        zoo -> {
          String remark = zoo.copyTo(held, config.values().data().set().tasks().size());
          listener.on(new RunEvent.Remark(name(methods.get(0)), remark));
        });
    ExecutorService threads = Executors.newFixedThreadPool(methods.size());
    RunningReport report =
        new RunningReport(
            held,
            images -> RunReport.of(held, List.of(), images),
            remark -> listener.on(new RunEvent.Remark(name(methods.get(0)), remark)));
    RunListener all =
        event -> {
          listener.on(event);
          if (event instanceof RunEvent.RoundCommitted) {
            report.update();
          }
        };
    try (report) {
      Map<Method, CompletableFuture<RunSummary>> running = new EnumMap<>(Method.class);
      for (Method method : methods) {
        if (!method.followsZoo()) {
          running.put(
              method, CompletableFuture.supplyAsync(() -> train(method, held, farm, all), threads));
        }
      }
      for (Method method : methods) {
        if (method.followsZoo()) {
          running.put(
              method,
              running
                  .get(Method.ZOO)
                  .thenApplyAsync(zoo -> train(method, held, farm, all), threads));
        }
      }
      CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
          .exceptionally(error -> null)
          .join();
      List<RunSummary> ended =
          new ArrayList<>(methods.stream().map(method -> running.get(method).join()).toList());
      ended.set(0, ended.get(0).withBaselines(averages(ended)));
      held.write("summary.json", ended.get(0));
      synchronized (this) {
        summaries = ended;
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : ModelZooException.of(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private RunSummary train(Method method, RunDirectory held, Farm farm, RunListener watch) {
    long started = System.nanoTime();
    RunDirectory run = directoryOf(method, held);
    Optional<RunSummary> before = finished(run);
    if (before.isPresent()) {
      return before.get();
    }
    RunListener listener = RunListeners.of(EventLog.in(run), watch);
    summaryOf(run)
        .damage()
        .ifPresent(
            damage -> listener.on(new RunEvent.Remark(name(method), damage + "; regenerating it")));
    run.deleteUnfinished();
    String name = name(method);
    ModelZooConfig values = config.forMethod(method).values();
    Optional<RunHistory> zoo =
        method.followsZoo()
            ? Optional.of(RunHistory.read(directoryOf(Method.ZOO, held)))
            : Optional.empty();
    RunLoop loop = new RunLoop(name, values, method, zoo, run, farm, listener);
    RunEstimate estimate = RunEstimate.of(values, method);
    int done = loop.roundsDone();
    listener.on(
        new RunEvent.Started(name, run.location(), estimate.rounds(), done, estimate.after(done)));
    try {
      RunSummary summary = loop.finish(loop.run(), (System.nanoTime() - started) / 1e9);
      listener.on(new RunEvent.Finished(name, run.location()));
      return summary;
    } catch (RuntimeException | OutOfMemoryError e) {
      RuntimeException error =
          e instanceof RuntimeException known ? known : ModelZooException.of(e);
      listener.on(new RunEvent.Failed(name, String.valueOf(error.getMessage())));
      throw error;
    }
  }
}

package org.modelzoo.spark.job;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.ModelZooConfig;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.MemberSize;

/**
 * Several jobs side by side on one farm, each with a share by its weight, in its own directory with
 * its own lease. One that fails stops no other. Lives on the driver.
 */
public final class JobGroup implements Job {
  /** That of the cluster last: only there may the same command do. */
  private static final List<ErrorKind> WORST_FIRST =
      List.of(
          ErrorKind.BUG,
          ErrorKind.CONFIGURATION,
          ErrorKind.DATA,
          ErrorKind.TRAINING,
          ErrorKind.CLUSTER);

  private final List<Job> jobs;
  private final Map<Job, ModelZooException> errors = new LinkedHashMap<>();
  private String application = "";

  /**
   * @param jobs at least one
   * @throws ModelZooException (configuration) if they can't be done in one application
   */
  public JobGroup(List<Job> jobs) {
    this.jobs = List.copyOf(jobs);
    Set<String> names = new HashSet<>();
    for (Job job : jobs) {
      if (!names.add(job.name())) {
        throw problem(
            "two of them are named %s; rename one, or run them one after another"
                .formatted(job.name()));
      }
      if (SharedCluster.of(List.of(jobs.get(0).config(), job.config())).isEmpty()) {
        throw problem(
            "%s and %s differ in section cluster, %s, and weight"
                .formatted(jobs.get(0).name(), job.name(), SharedCluster.RULE));
      }
      if (!job.config().trackers().equals(jobs.get(0).config().trackers())) {
        throw problem(
            "%s and %s differ in section trackers, which must be the same in one application"
                .formatted(jobs.get(0).name(), job.name()));
      }
    }
  }

  private static ModelZooException problem(String text) {
    return new ModelZooException(ErrorKind.CONFIGURATION, text);
  }

  @Override
  public String name() {
    return jobs.stream().map(Job::name).collect(Collectors.joining(", "));
  }

  @Override
  public ModelZooConfig config() {
    return SharedCluster.of(jobs.stream().map(Job::config).toList()).orElseThrow();
  }

  @Override
  public boolean isFinished() {
    return jobs.stream().allMatch(Job::isFinished);
  }

  /** Each job is opened by itself when it runs: that one can't be is no matter of the others. */
  @Override
  public void open(RunListener listener) {}

  @Override
  public void inApplication(String id) {
    application = id;
  }

  /**
   * Does what is missing.
   *
   * @param farm that is shared
   */
  @Override
  public void run(Farm farm, RunListener listener) {
    List<Job> open = jobs.stream().filter(job -> !job.isFinished()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, open.size()));
    try {
      Map<Job, CompletableFuture<Optional<ModelZooException>>> running = new LinkedHashMap<>();
      for (Job job : open) {
        ClusterConfig cluster = job.config().cluster();
        Farm share = farm.share(job.name(), cluster.weight()).sized(MemberSize.of(cluster));
        running.put(job, CompletableFuture.supplyAsync(() -> run(job, share, listener), threads));
      }
      running.forEach((job, error) -> error.join().ifPresent(known -> errors.put(job, known)));
    } finally {
      threads.shutdown();
    }
  }

  private Optional<ModelZooException> run(Job job, Farm share, RunListener listener) {
    try (job) {
      job.open(listener);
      job.inApplication(application);
      job.run(share, listener);
      return Optional.empty();
    } catch (RuntimeException | OutOfMemoryError e) {
      ModelZooException error = ModelZooException.of(e);
      listener.on(new RunEvent.Remark(job.name(), "failed: " + error.getMessage()));
      return Optional.of(error);
    }
  }

  @Override
  public void stop() {
    jobs.forEach(Job::stop);
  }

  @Override
  public String results() {
    return jobs.stream()
        .map(job -> "%s\n%s".formatted(job.name(), job.results()))
        .collect(Collectors.joining("\n"));
  }

  /** Each job was closed when it ended. */
  @Override
  public void close() {}

  /** All that failed as one error, of the worst kind; empty if everything is done. */
  @Override
  public Optional<ModelZooException> failure() {
    Map<Job, ModelZooException> failed = new LinkedHashMap<>();
    for (Job job : jobs) {
      Optional.ofNullable(errors.get(job))
          .or(job::failure)
          .ifPresent(error -> failed.put(job, error));
    }
    Set<ErrorKind> kinds =
        failed.values().stream().map(ModelZooException::kind).collect(Collectors.toSet());
    return WORST_FIRST.stream()
        .filter(kinds::contains)
        .findFirst()
        .map(kind -> new ModelZooException(kind, text(failed)));
  }

  private String text(Map<Job, ModelZooException> failed) {
    StringBuilder text =
        new StringBuilder(
            "%d of %d failed; the others were not stopped".formatted(failed.size(), jobs.size()));
    failed.forEach(
        (job, error) -> text.append("\n  %s: %s".formatted(job.name(), error.getMessage())));
    return text.toString();
  }
}

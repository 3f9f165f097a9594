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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.ClusterConfig;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.spark.farm.Farm;
import org.modelzoo.spark.farm.SharedFarm;
import org.modelzoo.spark.progress.ProgressFile;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.store.RunLease;

/**
 * Does several works side by side on one farm, each with a share by its weight, in its own
 * directory with its own lease. One that fails stops no other. Runs on the driver.
 */
public final class JobGroup {
  /** That of the cluster last: only there may the same command do. */
  private static final List<ErrorKind> WORST_FIRST =
      List.of(
          ErrorKind.BUG,
          ErrorKind.CONFIGURATION,
          ErrorKind.DATA,
          ErrorKind.TRAINING,
          ErrorKind.CLUSTER);

  private final List<Job> works;
  private final Map<Job, ModelZooException> errors = new LinkedHashMap<>();

  /**
   * @param works at least one
   * @throws ModelZooException (configuration) if they can't be done in one application
   */
  public JobGroup(List<Job> works) {
    this.works = List.copyOf(works);
    Set<String> names = new HashSet<>();
    for (Job work : works) {
      if (!names.add(work.name())) {
        throw problem(
            "two of them are named %s; rename one, or run them one after another"
                .formatted(work.name()));
      }
      if (!work.cluster().withWeight(1).equals(works.get(0).cluster().withWeight(1))) {
        throw problem(
            "%s and %s differ in section cluster, which must be the same in one application but for the weight"
                .formatted(works.get(0).name(), work.name()));
      }
      if (!work.trackers().equals(works.get(0).trackers())) {
        throw problem(
            "%s and %s differ in section trackers, which must be the same in one application"
                .formatted(works.get(0).name(), work.name()));
      }
    }
  }

  private static ModelZooException problem(String text) {
    return new ModelZooException(ErrorKind.CONFIGURATION, text);
  }

  /** How they want the cluster, but for the weight. */
  public ClusterConfig cluster() {
    return works.get(0).cluster();
  }

  /** Which trackers they want. */
  public TrackersConfig trackers() {
    return works.get(0).trackers();
  }

  /** Whether nothing is left to train. */
  public boolean isFinished() {
    return works.stream().allMatch(Job::isFinished);
  }

  /**
   * Trains what is missing.
   *
   * @param application Spark's id, for the leases
   * @param watched begins to show a work in its directory, whose lease is held
   * @return {@link #failure}
   */
  public Optional<ModelZooException> run(
      SharedFarm farm,
      String application,
      RunListener listener,
      Function<RunDirectory, ProgressFile> watched) {
    List<Job> open = works.stream().filter(work -> !work.isFinished()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, open.size()));
    try {
      Map<Job, CompletableFuture<Optional<ModelZooException>>> running = new LinkedHashMap<>();
      for (Job work : open) {
        Farm share = farm.share(work.name(), work.cluster().weight());
        running.put(
            work,
            CompletableFuture.supplyAsync(
                () -> run(work, share, application, listener, watched), threads));
      }
      running.forEach((work, error) -> error.join().ifPresent(known -> errors.put(work, known)));
      return failure();
    } finally {
      threads.shutdown();
    }
  }

  private static Optional<ModelZooException> run(
      Job work,
      Farm share,
      String application,
      RunListener listener,
      Function<RunDirectory, ProgressFile> watched) {
    try (RunLease lease =
            RunLease.take(
                work.directory(), remark -> listener.on(new RunEvent.Remark(work.name(), remark)));
        ProgressFile progress = watched.apply(lease.fence(work.directory()))) {
      lease.application(application);
      work.run(lease, share, listener);
      progress.allDone();
      return Optional.empty();
    } catch (RuntimeException | OutOfMemoryError e) {
      ModelZooException error = ModelZooException.of(e);
      listener.on(new RunEvent.Remark(work.name(), "failed: " + error.getMessage()));
      return Optional.of(error);
    }
  }

  /** Ends what runs in order, from another thread. */
  public void stop() {
    works.forEach(Job::stop);
  }

  /** All that failed as one error, of the worst kind; empty if everything is done. */
  public Optional<ModelZooException> failure() {
    Map<Job, ModelZooException> failed = new LinkedHashMap<>();
    for (Job work : works) {
      Optional.ofNullable(errors.get(work))
          .or(work::failure)
          .ifPresent(error -> failed.put(work, error));
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
            "%d of %d failed; the others were not stopped".formatted(failed.size(), works.size()));
    failed.forEach(
        (work, error) -> text.append("\n  %s: %s".formatted(work.name(), error.getMessage())));
    return text.toString();
  }
}

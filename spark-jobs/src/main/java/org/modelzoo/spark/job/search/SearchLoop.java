package org.modelzoo.spark.job.search;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.LoadedConfig;
import org.modelzoo.search.Assignment;
import org.modelzoo.search.RungReport;
import org.modelzoo.search.Study;

/**
 * Asks a study for work as long as there are free slots, and tells it what came of it. Lives on the
 * driver; one thread runs it, another may stop it.
 */
final class SearchLoop {
  private final LoadedConfig experiment;
  private final Study study;
  private final TrialTraining training;
  private final IntSupplier trialsAtOnce;
  private final SearchFiles files;
  private final SearchNews news;
  private final OpenFailures failures;
  private final BlockingQueue<Optional<RungEnd>> ends = new LinkedBlockingQueue<>();
  private int running;
  private volatile boolean stopped;

  /**
   * @param trialsAtOnce asked again and again, because executors come and go
   */
  SearchLoop(
      LoadedConfig experiment,
      Study study,
      TrialTraining training,
      IntSupplier trialsAtOnce,
      SearchFiles files,
      SearchNews news) {
    this.experiment = experiment;
    this.study = study;
    this.training = training;
    this.trialsAtOnce = trialsAtOnce;
    this.files = files;
    this.news = news;
    this.failures = new OpenFailures(experiment.values().search().attempts());
  }

  /**
   * Runs until the study has nothing left to do.
   *
   * @throws ModelZooException when the cluster or the directory fails, and when it is stopped; what
   *     was finished is kept
   */
  void run() {
    try {
      do {
        startWhatMay();
        while (running > 0) {
          nextEnd().ifPresent(this::take);
          startWhatMay();
        }
        requireGoing();
        settle(failures.ended());
      } while (!study.isFinished());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  /** Ends {@link #run} soon. */
  void stop() {
    stopped = true;
    ends.add(Optional.empty());
  }

  private void startWhatMay() {
    while (!stopped && running < trialsAtOnce.getAsInt()) {
      Optional<Assignment> work = study.ask();
      if (work.isEmpty()) {
        return;
      }
      start(work.get());
    }
  }

  private void start(Assignment assignment) {
    running++;
    news.started(assignment);
    try {
      var unused =
          training
              .start(TrialRung.of(experiment, assignment, study.trial(assignment.trial())))
              .whenComplete(
                  (report, error) -> ends.add(Optional.of(new RungEnd(assignment, report, error))));
    } catch (ModelZooException e) {
      ends.add(Optional.of(new RungEnd(assignment, null, e)));
    }
  }

  /** The next end; none if slots should be looked at again before. */
  private Optional<RungEnd> nextEnd() throws InterruptedException {
    Optional<RungEnd> end = ends.poll(1, TimeUnit.SECONDS);
    requireGoing();
    return end == null ? Optional.empty() : end;
  }

  private void requireGoing() {
    if (stopped) {
      throw stopped();
    }
  }

  private static ModelZooException stopped() {
    return new ModelZooException(
        ErrorKind.CLUSTER,
        "the search was stopped; all rungs that ended are kept, run the same command to continue");
  }

  private void take(RungEnd end) {
    running--;
    Assignment assignment = end.assignment();
    if (end.error() == null) {
      tell(assignment, end.report());
      settle(failures.succeeded(assignment.trial()));
      return;
    }
    ModelZooException error = end.known();
    if (failures.recordFailure(assignment, error)) {
      study.interrupt(assignment, error.getMessage());
      news.interrupted(assignment, error.getMessage());
    } else {
      news.open(assignment, error.getMessage());
    }
  }

  private void settle(Map<Assignment, ModelZooException> failed) {
    failed.forEach((work, error) -> tell(work, RungReport.failed(0, 0, error.getMessage())));
  }

  private void tell(Assignment assignment, RungReport report) {
    study.tell(assignment, report);
    files.follow(assignment.trial());
    news.ended(assignment, report);
  }

  /**
   * How a rung ended.
   *
   * @param report null where there is an error
   */
  private record RungEnd(Assignment assignment, RungReport report, Throwable error) {
    ModelZooException known() {
      Throwable cause = error instanceof CompletionException ? error.getCause() : error;
      return cause instanceof ModelZooException known
          ? known
          : new ModelZooException(ErrorKind.BUG, "this is a bug: " + cause, cause);
    }
  }
}

package org.modelzoo.spark.job.search;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.search.RungOutcome;
import org.modelzoo.search.Study;
import org.modelzoo.search.Trial;

/**
 * Asks a study for trials as long as there are free slots, and tells it how their rungs ended.
 * Lives on the driver; one thread runs it, another may stop it.
 */
final class SearchLoop {
  private final Study study;
  private final Function<Trial, CompletableFuture<RungOutcome>> training;
  private final IntSupplier trialsAtOnce;
  private final SearchFiles files;
  private final SearchNews news;
  private final OpenFailures failures;
  private final BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();
  private int running;
  private volatile boolean stopped;

  /**
   * @param attempts how often a rung is started
   * @param training starts a trial's rung; a {@link ModelZooException} where it can't be started,
   *     or ended for reasons that are not the trial's
   * @param trialsAtOnce asked again and again, because executors come and go
   */
  SearchLoop(
      Study study,
      int attempts,
      Function<Trial, CompletableFuture<RungOutcome>> training,
      IntSupplier trialsAtOnce,
      SearchFiles files,
      SearchNews news) {
    this.study = study;
    this.training = training;
    this.trialsAtOnce = trialsAtOnce;
    this.files = files;
    this.news = news;
    this.failures = new OpenFailures(attempts);
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
          takeNextEnd();
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
    ends.add(() -> {});
  }

  private void startWhatMay() {
    while (!stopped && running < trialsAtOnce.getAsInt()) {
      Optional<Trial> trial = study.ask();
      if (trial.isEmpty()) {
        return;
      }
      start(trial.get());
    }
  }

  private void start(Trial trial) {
    running++;
    news.started(trial);
    try {
      var unused =
          training
              .apply(trial)
              .whenComplete(
                  (outcome, error) ->
                      ends.add(
                          error == null
                              ? () -> succeeded(trial, outcome)
                              : () -> failed(trial, known(error))));
    } catch (ModelZooException e) {
      ends.add(() -> failed(trial, e));
    }
  }

  private static ModelZooException known(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof ModelZooException known
        ? known
        : new ModelZooException(ErrorKind.BUG, "this is a bug: " + cause, cause);
  }

  /** Waits a second at most, since slots should be looked at again. */
  private void takeNextEnd() throws InterruptedException {
    Runnable end = ends.poll(1, TimeUnit.SECONDS);
    requireGoing();
    if (end != null) {
      running--;
      end.run();
    }
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

  private void succeeded(Trial trial, RungOutcome outcome) {
    tell(trial, outcome);
    settle(failures.succeeded(trial));
  }

  private void failed(Trial trial, ModelZooException error) {
    if (failures.recordFailure(trial, error)) {
      study.interrupt(trial, error.getMessage());
      news.interrupted(trial, error.getMessage());
    } else {
      news.open(trial, error.getMessage());
    }
  }

  private void settle(Map<Trial, ModelZooException> failed) {
    failed.forEach((trial, error) -> tell(trial, RungOutcome.failed(0, 0, error.getMessage())));
  }

  private void tell(Trial trial, RungOutcome outcome) {
    study.tell(trial, outcome);
    files.follow(trial.number());
    news.ended(trial, outcome);
  }
}

package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/**
 * Requests to a tracking server that may be restarted, or not be reached for a while. MLflow's
 * client waits for an answer without end; here a request that takes too long is given up with its
 * connection, and what failed for a reason that may pass is tried again for about a minute. A
 * server that never answered is not waited for: most likely its address is wrong.
 */
final class MlflowCalls {
  /** Longer than the minute for which the client itself repeats what came too often. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8),
          Duration.ofSeconds(16),
          Duration.ofSeconds(32));

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final MlflowHostCredsProvider credentials;
  private final Duration limit;
  private final List<Duration> pauses;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "mlflow");
            thread.setDaemon(true);
            return thread;
          });
  private MlflowClient client;
  private boolean answered;

  MlflowCalls(MlflowHostCredsProvider credentials) {
    this(credentials, LIMIT, PAUSES);
  }

  /**
   * @param limit of one try
   * @param pauses before each further try
   */
  MlflowCalls(MlflowHostCredsProvider credentials, Duration limit, List<Duration> pauses) {
    this.credentials = credentials;
    this.limit = limit;
    this.pauses = pauses;
    this.client = new MlflowClient(credentials);
  }

  /**
   * The answer to a request, which may be sent several times.
   *
   * @throws MlflowClientException if there is none, or this thread is interrupted
   */
  <T> T call(Function<MlflowClient, T> request) {
    for (int tries = 0; ; tries++) {
      try {
        T answer = once(request);
        answered = true;
        return answer;
      } catch (MlflowClientException e) {
        if (!answered || !mayPass(e) || tries == pauses.size()) {
          throw e;
        }
        pause(pauses.get(tries));
      }
    }
  }

  private <T> T once(Function<MlflowClient, T> request) {
    MlflowClient connected = client;
    try {
      return CompletableFuture.supplyAsync(() -> request.apply(connected), threads)
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MlflowClientException known
          ? known
          : new MlflowClientException(e.getCause());
    } catch (TimeoutException e) {
      connected.close();
      client = new MlflowClient(credentials);
      String text = "no answer within %d s".formatted(limit.toSeconds());
      throw new MlflowClientException(text, new IOException(text, e));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static boolean mayPass(MlflowClientException e) {
    return e instanceof MlflowHttpException refused
        ? refused.getStatusCode() == TOO_MANY_REQUESTS || refused.getStatusCode() >= SERVER_ERROR
        : e.getCause() instanceof IOException;
  }

  private static void pause(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static MlflowClientException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new MlflowClientException("interrupted", e);
  }
}

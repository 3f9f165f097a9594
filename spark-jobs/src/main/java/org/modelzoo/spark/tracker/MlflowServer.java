package org.modelzoo.spark.tracker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * A tracking server of MLflow, through its own client; but for artifacts, for which that client
 * wants MLflow's Python program. Who we are comes from the environment, as everywhere with MLflow:
 * {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, or {@code
 * MLFLOW_TRACKING_TOKEN}. Every method throws {@link MlflowClientException} where the server
 * refuses or can't be reached.
 */
final class MlflowServer {
  static final String PARENT = "mlflow.parentRunId";

  /** MLflow takes 1,000 values in one request, at most 100 parameters and 100 tags among them. */
  private static final int MOST_METRICS = 800;

  private static final int MOST_PARAMS = 100;
  private static final int MOST_RUNS = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int REFUSED = 300;

  private final String uri;
  private final Optional<String> authorization;
  private final MlflowCalls calls;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /**
   * Connects to nothing yet.
   *
   * @param environment of the process
   */
  MlflowServer(String uri, Map<String, String> environment) {
    this.uri = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String user = secret(environment, "MLFLOW_TRACKING_USERNAME");
    String password = secret(environment, "MLFLOW_TRACKING_PASSWORD");
    String token = secret(environment, "MLFLOW_TRACKING_TOKEN");
    this.authorization = authorization(user, password, token);
    this.calls =
        new MlflowCalls(
            new BasicMlflowHostCreds(
                this.uri, user, password, token, /* shouldIgnoreTlsVerification= */ false));
  }

  /** A file that a secret was read from may end in a line feed, which no header takes. */
  private static String secret(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  /** As the client does it. */
  private static Optional<String> authorization(String user, String password, String token) {
    if (user != null && password != null) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
    }
    return Optional.ofNullable(token).map(value -> "Bearer " + value);
  }

  String uri() {
    return uri;
  }

  /** The id of the experiment of this name, which is made where there is none. */
  String experiment(String name) {
    Optional<Experiment> found = calls.call(client -> client.getExperimentByName(name));
    return found.isPresent()
        ? found.get().getExperimentId()
        : calls.call(client -> client.createExperiment(name));
  }

  /** Starts a run. */
  String start(String experiment, String name, Map<String, String> tags) {
    CreateRun.Builder run =
        CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(name)
            .setStartTime(System.currentTimeMillis());
    tags.forEach((key, value) -> run.addTags(MlflowValues.tag(key, value)));
    run.addTags(MlflowValues.tag("mlflow.runName", name));
    return calls.call(client -> client.createRun(run.build())).getRunId();
  }

  /** Takes up a run that was started before. */
  void resume(String run) {
    String request = "{\"run_id\":\"%s\",\"status\":\"RUNNING\"}".formatted(run);
    calls.call(client -> client.sendPost("runs/update", request));
  }

  void end(String run, RunStatus status) {
    calls.call(
        client -> {
          client.setTerminated(run, status);
          return run;
        });
  }

  Run run(String id) {
    return calls.call(client -> client.getRun(id));
  }

  /** All runs nested in one, those first that were started last. */
  List<Run> nested(String experiment, String parent) {
    String filter = "tags.`%s` = '%s'".formatted(PARENT, parent);
    List<Run> nested = new ArrayList<>();
    Optional<String> page = Optional.empty();
    do {
      String token = page.orElse(null);
      RunsPage found =
          calls.call(
              client ->
                  client.searchRuns(
                      List.of(experiment),
                      filter,
                      ViewType.ACTIVE_ONLY,
                      MOST_RUNS,
                      List.of(),
                      token));
      nested.addAll(found.getItems());
      page = found.getNextPageToken();
    } while (page.isPresent());
    return nested;
  }

  /**
   * Logs values, in as many requests as it takes; the tags with the last one, so that what they
   * tell of is there.
   *
   * @param tags at most 100
   */
  void log(String run, List<Metric> metrics, List<Param> params, List<RunTag> tags) {
    int requests = Math.max(parts(metrics, MOST_METRICS), parts(params, MOST_PARAMS));
    for (int i = 0; i < requests; i++) {
      List<Metric> someMetrics = part(metrics, i, MOST_METRICS);
      List<Param> someParams = part(params, i, MOST_PARAMS);
      List<RunTag> someTags = i == requests - 1 ? tags : List.of();
      calls.call(
          client -> {
            client.logBatch(run, someMetrics, someParams, someTags);
            return run;
          });
    }
  }

  /** At least one. */
  private static int parts(List<?> values, int most) {
    return Math.max(1, (values.size() + most - 1) / most);
  }

  private static <T> List<T> part(List<T> values, int number, int most) {
    int from = Math.min(values.size(), number * most);
    return values.subList(from, Math.min(values.size(), from + most));
  }

  /**
   * Keeps a file with a run, where the server takes files itself.
   *
   * @param root the run's {@code artifact_uri}
   * @return whether it does
   */
  boolean put(String root, String name, byte[] content) {
    URI location = URI.create(root);
    if (!"mlflow-artifacts".equals(location.getScheme())) {
      return false;
    }
    String path = "/api/2.0/mlflow-artifacts/artifacts" + location.getRawPath() + "/" + name;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri + path))
            .timeout(LIMIT)
            .PUT(BodyPublishers.ofByteArray(content));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return calls.call(client -> put(name, request.build()));
  }

  private boolean put(String name, HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= REFUSED) {
        throw new MlflowHttpException(response.statusCode(), "refuses the file " + name);
      }
      return true;
    } catch (IOException e) {
      throw new MlflowClientException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MlflowClientException("interrupted while sending " + name, e);
    }
  }
}

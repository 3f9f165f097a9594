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
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * A tracking server of MLflow, through its own client; but for artifacts, for which that client
 * wants MLflow's Python program. Who we are comes from the environment, as everywhere with MLflow:
 * {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and {@code
 * MLFLOW_TRACKING_PASSWORD}.
 */
final class MlflowServer {
  /** MLflow's own bound on what one request may log. */
  static final int MOST_METRICS = 1000;

  static final String PARENT = "mlflow.parentRunId";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int REFUSED = 300;

  private final String uri;
  private final Map<String, String> environment;
  private final MlflowClient client;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /**
   * Connects to nothing yet.
   *
   * @param environment of the process
   */
  MlflowServer(String uri, Map<String, String> environment) {
    this.uri = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    this.environment = environment;
    this.client =
        new MlflowClient(
            new BasicMlflowHostCreds(
                this.uri,
                environment.get("MLFLOW_TRACKING_USERNAME"),
                environment.get("MLFLOW_TRACKING_PASSWORD"),
                environment.get("MLFLOW_TRACKING_TOKEN"),
                /* shouldIgnoreTlsVerification= */ false));
  }

  String uri() {
    return uri;
  }

  /** The id of the experiment of this name, which is made where there is none. */
  String experiment(String name) {
    Optional<Experiment> found = client.getExperimentByName(name);
    return found.isPresent() ? found.get().getExperimentId() : client.createExperiment(name);
  }

  /** Starts a run. */
  String start(String experiment, String name, Map<String, String> tags) {
    CreateRun.Builder run =
        CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(name)
            .setStartTime(System.currentTimeMillis());
    tags.forEach((key, value) -> run.addTags(tag(key, value)));
    run.addTags(tag("mlflow.runName", name));
    return client.createRun(run.build()).getRunId();
  }

  static RunTag tag(String key, String value) {
    return RunTag.newBuilder().setKey(key).setValue(value).build();
  }

  /** Takes up a run that was started before. */
  void resume(String run) {
    client.sendPost("runs/update", "{\"run_id\":\"%s\",\"status\":\"RUNNING\"}".formatted(run));
  }

  void end(String run, RunStatus status) {
    client.setTerminated(run, status);
  }

  Run run(String id) {
    return client.getRun(id);
  }

  /** A nested run by a tag, whose value must not hold quotes. */
  Optional<String> nested(String experiment, String parent, String key, String value) {
    String filter = "tags.`%s` = '%s' and tags.`%s` = '%s'".formatted(PARENT, parent, key, value);
    return client
        .searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, /* maxResults= */ 1)
        .getItems()
        .stream()
        .map(run -> run.getInfo().getRunId())
        .findFirst();
  }

  /** Logs all in one request. */
  void log(String run, List<Metric> metrics, List<Param> params, List<RunTag> tags) {
    client.logBatch(run, metrics, params, tags);
  }

  /**
   * Keeps a file with a run, where the server takes files itself.
   *
   * @param root the run's {@code artifact_uri}
   * @return whether it does
   */
  boolean put(String root, String name, byte[] content) throws IOException {
    URI location = URI.create(root);
    if (!"mlflow-artifacts".equals(location.getScheme())) {
      return false;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    uri
                        + "/api/2.0/mlflow-artifacts/artifacts"
                        + location.getRawPath()
                        + "/"
                        + name))
            .timeout(LIMIT)
            .PUT(BodyPublishers.ofByteArray(content));
    authorization().ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() >= REFUSED) {
        throw new IOException(
            "MLflow refuses %s: status %d".formatted(name, response.statusCode()));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending " + name, e);
    }
  }

  private Optional<String> authorization() {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    if (token != null) {
      return Optional.of("Bearer " + token);
    }
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    String password = environment.get("MLFLOW_TRACKING_PASSWORD");
    return user == null || password == null
        ? Optional.empty()
        : Optional.of(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }
}

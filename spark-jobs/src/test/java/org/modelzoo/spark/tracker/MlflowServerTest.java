package org.modelzoo.spark.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

class MlflowServerTest {
  private static final int TRIES_OF_THE_CLIENT = 3;

  private FakeMlflow mlflow;

  @BeforeEach
  void start() throws IOException {
    mlflow = FakeMlflow.start();
  }

  @AfterEach
  void close() {
    mlflow.close();
  }

  @Test
  void whatIsLoggedStaysWithinTheBoundsOfARequest() {
    MlflowServer server = new MlflowServer(mlflow.uri() + "/", Map.of());
    String run = server.start(server.experiment("many"), "run", Map.of("modelzoo.x", "y"));
    List<Metric> metrics = new ArrayList<>();
    IntStream.range(0, 2400).forEach(i -> MlflowValues.add(metrics, "m" + i, i, 1));
    MlflowValues.add(metrics, "no number", Double.NaN, 1);
    MlflowValues.add(metrics, MlflowValues.ofTask("loss", "../рыба: 1/2 " + "x".repeat(300)), 1, 1);
    List<Param> params =
        IntStream.range(0, 250)
            .mapToObj(i -> MlflowValues.param("p" + i, "v".repeat(600)))
            .toList();
    server.log(run, metrics, params, List.of(MlflowValues.tag("modelzoo.done", "t".repeat(6000))));
    assertThat(mlflow.refusals()).isEmpty();
    FakeMlflow.Run logged = mlflow.runs().get(run);
    assertThat(logged.steps()).hasSize(2401).doesNotContainKey("no number");
    assertThat(logged.steps().keySet()).anyMatch(key -> key.startsWith("loss/_._рыба_ 1_2 xxx"));
    assertThat(logged.params()).hasSize(250).containsEntry("p249", "v".repeat(500));
    assertThat(logged.tags()).containsKeys("modelzoo.x", "modelzoo.done");
  }

  @Test
  void filesAreSentByWhoSendsTheRest() {
    for (Map<String, String> environment :
        List.of(
            Map.of("MLFLOW_TRACKING_TOKEN", "abc\n"),
            Map.of(
                "MLFLOW_TRACKING_TOKEN",
                "abc",
                "MLFLOW_TRACKING_USERNAME",
                "me",
                "MLFLOW_TRACKING_PASSWORD",
                "pw"))) {
      MlflowServer server = new MlflowServer(mlflow.uri(), environment);
      String run = server.start(server.experiment("e"), "run", Map.of());
      assertThat(server.put("mlflow-artifacts:/1/" + run, "a.txt", new byte[] {1})).isTrue();
      assertThat(server.put("s3://bucket/1/" + run, "b.txt", new byte[] {1})).isFalse();
    }
    assertThat(mlflow.authorizations()).containsExactlyInAnyOrder("Bearer abc", "Basic bWU6cHc=");
    assertThat(mlflow.artifacts()).hasSize(2);
  }

  @Test
  void whatMayPassIsTriedAgainOnceTheServerHasAnswered() {
    MlflowCalls calls =
        calls(Duration.ofSeconds(10), List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
    assertThat(experiment(calls, "a")).isEqualTo("1");
    mlflow.fail(2 * TRIES_OF_THE_CLIENT);
    assertThat(experiment(calls, "b")).isEqualTo("2");
    mlflow.fail(3 * TRIES_OF_THE_CLIENT);
    assertThatThrownBy(() -> experiment(calls, "c"))
        .isInstanceOf(MlflowHttpException.class)
        .hasMessageContaining("503");
    mlflow.close();
    assertThatThrownBy(() -> experiment(calls, "d"))
        .isInstanceOf(MlflowClientException.class)
        .hasMessageContaining("refused");
  }

  @Test
  @Timeout(60)
  void aServerThatNeverAnsweredOrThatRefusesIsNotWaitedFor() {
    MlflowCalls calls = calls(Duration.ofSeconds(10), List.of(Duration.ofMinutes(10)));
    mlflow.fail(TRIES_OF_THE_CLIENT);
    assertThatThrownBy(() -> experiment(calls, "a")).hasMessageContaining("503");
    assertThat(experiment(calls, "a")).isEqualTo("1");
    assertThatThrownBy(() -> calls.call(client -> client.getRun("0".repeat(32))))
        .hasMessageContaining("404");
  }

  @Test
  void aRequestWithoutAnAnswerIsGivenUpAndTriedAgain() {
    MlflowCalls calls = calls(Duration.ofMillis(500), List.of(Duration.ofMillis(1)));
    assertThat(experiment(calls, "a")).isEqualTo("1");
    mlflow.keepSilent(1);
    assertThat(experiment(calls, "b")).isEqualTo("2");
    mlflow.keepSilent(2);
    assertThatThrownBy(() -> experiment(calls, "c")).hasMessageContaining("no answer within");
  }

  private static String experiment(MlflowCalls calls, String name) {
    return calls.call(client -> client.createExperiment(name));
  }

  private MlflowCalls calls(Duration limit, List<Duration> pauses) {
    return new MlflowCalls(
        new BasicMlflowHostCreds(mlflow.uri(), null, null, null, false), limit, pauses);
  }
}

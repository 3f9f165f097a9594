package org.modelzoo.spark.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.config.TrackersConfig;
import org.modelzoo.spark.event.RunEvent;

class WebhookTrackerTest {
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private HttpServer server;
  private WebhookTracker tracker;
  private long seconds;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/services/T0K3N",
        exchange -> {
          received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.remove(), -1);
          exchange.close();
        });
    server.start();
    URI address =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0K3N");
    tracker =
        new WebhookTracker(
            new Webhook(address), Duration.ofMinutes(15), () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tellsHowRunsEnd() throws IOException {
    started("zoo");
    started("isolated");
    tracker.on(new RunEvent.RoundCommitted("zoo", new RunEvent.RoundScores(0, 1, 0.75, List.of())));
    tracker.on(new RunEvent.Finished("zoo", "/runs/zoo"));
    tracker.on(new RunEvent.Failed("isolated", "no space; s3a://me:secret@bucket is full"));

    assertThat(received).hasSize(2);
    assertThat(received.get(0).path("event").asText()).isEqualTo("finished");
    assertThat(received.get(0).path("name").asText()).isEqualTo("zoo");
    assertThat(received.get(0).path("accuracy").asDouble()).isEqualTo(0.75);
    assertThat(received.get(0).path("location").asText()).isEqualTo("/runs/zoo");
    assertThat(received.get(0).path("text").asText()).isEqualTo("run zoo finished");
    assertThat(received.get(1).path("event").asText()).isEqualTo("failed");
    assertThat(received.get(1).path("text").asText())
        .startsWith("run isolated failed: no space;")
        .doesNotContain("secret");
  }

  @Test
  void tellsOfASweepOnceAndNotOfItsExperiments() throws IOException {
    tracker.on(new RunEvent.SweepStarted("grid", "/runs/grid"));
    started("a zoo");
    tracker.on(new RunEvent.Finished("a zoo", "/runs/grid/a"));
    tracker.on(new RunEvent.SweepEnded("grid", Optional.of("2 of 3 experiments failed")));

    assertThat(received).hasSize(1);
    assertThat(received.get(0).path("text").asText())
        .isEqualTo("sweep grid failed: 2 of 3 experiments failed");
  }

  @Test
  void tellsOfAStallOnceUntilAMemberReports() throws IOException {
    tracker.idle();
    started("zoo");
    seconds = 899;
    tracker.idle();
    assertThat(received).isEmpty();
    seconds = 900;
    tracker.idle();
    tracker.idle();
    assertThat(received).hasSize(1);
    assertThat(received.get(0).path("event").asText()).isEqualTo("stalled");
    assertThat(received.get(0).path("text").asText())
        .isEqualTo("run zoo: no member has reported for 900 s");

    tracker.on(new RunEvent.RoundCommitted("zoo", new RunEvent.RoundScores(0, 1, 0.75, List.of())));
    seconds = 1800;
    tracker.idle();
    assertThat(received).hasSize(2);
  }

  @Test
  void triesThreeTimesAndThenSaysWhyWithoutTheAddress() throws IOException {
    answers.addAll(List.of(503, 500));
    started("zoo");
    tracker.on(new RunEvent.Finished("zoo", "/runs/zoo"));
    assertThat(received).hasSize(3);

    answers.addAll(List.of(503, 503, 404));
    started("zoo");
    assertThatThrownBy(() -> tracker.on(new RunEvent.Finished("zoo", "/runs/zoo")))
        .isInstanceOf(IOException.class)
        .hasMessage("it answered with HTTP status 404, 3 times");
    assertThat(received).hasSize(6);
  }

  @Test
  void wantsAnAddressAndDoesNotRepeatIt() {
    TrackersConfig.Webhook config = new TrackersConfig.Webhook(true, Duration.ZERO);

    assertThatThrownBy(() -> WebhookTracker.of(config, Map.of()))
        .isInstanceOfSatisfying(
            ModelZooException.class,
            error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("MODELZOO_WEBHOOK is not set; set it to the webhook's address");
    assertThatThrownBy(() -> WebhookTracker.of(config, Map.of("MODELZOO_WEBHOOK", "T0K3N")))
        .hasMessageContaining("MODELZOO_WEBHOOK is not an HTTP address")
        .hasMessageNotContaining("T0K3N");
  }

  private void started(String run) throws IOException {
    tracker.on(new RunEvent.Started(run, "/runs/" + run, 1, 0, OptionalLong.of(10)));
  }
}

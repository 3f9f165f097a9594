package org.modelzoo.spark.tracker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Sends JSON objects to an address, which is a secret and in no message. */
final class Webhook {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;
  private static final int REFUSED = 300;

  private final URI address;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  Webhook(URI address) {
    this.address = address;
  }

  /**
   * Sends an object, three times at most, a second and two apart.
   *
   * @throws IOException if none of the attempts succeeded
   */
  void post(Map<String, Object> message) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message)))
            .build();
    String failure = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      failure = attempt(request);
      if (failure.isEmpty()) {
        return;
      }
      pause(attempt < ATTEMPTS ? attempt : 0);
    }
    throw new IOException("%s, %d times".formatted(failure, ATTEMPTS));
  }

  /** Gives what went wrong; empty for nothing. */
  private String attempt(HttpRequest request) {
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      return status < REFUSED ? "" : "it answered with HTTP status " + status;
    } catch (IOException e) {
      return "it could not be reached (%s)".formatted(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static void pause(int seconds) throws IOException {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

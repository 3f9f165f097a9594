package org.modelzoo.spark.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.modelzoo.benchmark.GeneratedRuns;
import org.modelzoo.board.web.BoardServer;
import org.modelzoo.board.web.BoardSettings;

/**
 * A board over many finished runs on a local disk: its first look at all of them, and how long a
 * browser on the same machine then waits for the first page, and for those that a column and a key
 * of the configuration let through.
 */
public final class BoardScale implements ScaleMeasurement {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final double MOST_SECONDS = 15;
  private static final double MOST_MILLISECONDS = 1000;
  private static final String FILTER = "accuracy>0.6 training.learning-rate<0.0025";

  private final CaseSize size;

  /** A measurement over so many runs. */
  public BoardScale(int runs) {
    this.size = CaseSize.of("runs", runs);
  }

  @Override
  public String name() {
    return "board";
  }

  @Override
  public CaseSize size() {
    return size;
  }

  @Override
  public List<Axis> axes() {
    return List.of(new Axis("runs", 1));
  }

  @Override
  public Cost measure(CaseSize size) {
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      GeneratedRuns.write(directory.path(), size.get("runs"));
      BoardSettings settings =
          new BoardSettings(
              List.of(directory.path().toString()),
              "localhost",
              0,
              Set.of(),
              Optional.empty(),
              Optional.empty());
      try (HeapWatch heap = HeapWatch.afterCollection()) {
        long started = System.nanoTime();
        try (BoardServer board = BoardServer.start(settings, new Configuration())) {
          if (!board.roots().get(0).awaitFirstLook(PATIENCE)) {
            throw new IllegalStateException("no end of the first look within " + PATIENCE);
          }
          double seconds = (System.nanoTime() - started) / 1e9;
          SortedMap<String, Double> milliseconds = new TreeMap<>();
          milliseconds.put("first page", milliseconds(board, ""));
          milliseconds.put("filter", milliseconds(board, FILTER));
          return new Cost(seconds, Optional.empty(), heap.mostMegabytes(), milliseconds);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** From the question to the whole answer, at the first time that it is asked. */
  private static double milliseconds(BoardServer board, String filter)
      throws IOException, InterruptedException {
    URI address =
        URI.create(
            board.address()
                + "api/v1/entries?limit=100&sort=-accuracy&filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    HttpClient client = HttpClient.newHttpClient();
    long started = System.nanoTime();
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    double milliseconds = (System.nanoTime() - started) / 1e6;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("status " + answer.statusCode() + " of " + address);
    }
    return milliseconds;
  }

  @Override
  public String target() {
    return "below 15 s, answers below 1 s";
  }

  @Override
  public boolean met(Cost cost) {
    return cost.seconds() < MOST_SECONDS
        && cost.milliseconds().values().stream().allMatch(it -> it < MOST_MILLISECONDS);
  }
}

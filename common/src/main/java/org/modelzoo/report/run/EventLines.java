package org.modelzoo.report.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the log of a run tells of failures, retries and versions; a run may have none. */
final class EventLines {
  /** Of a log that is read: some hundred thousand lines. */
  static final long MOST_BYTES = 16 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EventLines() {}

  /**
   * Something that is worth a line.
   *
   * @param where a member's id, or the run
   */
  record Trouble(String where, String what, String at) {}

  static List<Trouble> of(Reader lines) {
    return events(lines).flatMap(it -> trouble(it).stream()).toList();
  }

  /** What the driver that started last ran on; empty where that wasn't recorded. */
  static Optional<String> platform(Reader lines) {
    return events(lines)
        .filter(event -> event.path("event").asText().equals("started") && event.has("spark"))
        .reduce((before, last) -> last)
        .map(
            event ->
                "Spark %s, Java %s"
                    .formatted(event.path("spark").asText(), event.path("java").asText()));
  }

  /** Those of rounds, which are nearly all of a large file, tell nothing of this. */
  private static Stream<JsonNode> events(Reader lines) {
    return new BufferedReader(lines)
        .lines()
        .filter(line -> !line.startsWith("{\"event\":\"round-"))
        .flatMap(EventLines::event);
  }

  /** A line that isn't JSON was being written. */
  private static Stream<JsonNode> event(String line) {
    try {
      return Stream.of(MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      return Stream.empty();
    }
  }

  private static Optional<Trouble> trouble(JsonNode event) {
    String message = event.path("message").asText();
    return switch (event.path("event").asText()) {
      case "started" ->
          event.path("rounds_done").asInt() > 0
              ? of(event, "continued after %d rounds".formatted(event.path("rounds_done").asInt()))
              : Optional.empty();
      case "remark" -> of(event, message);
      case "failed" -> of(event, "failed: " + message);
      case "member-finished" ->
          switch (event.path("outcome").asText()) {
            case "completed" -> Optional.empty();
            case "failed" -> of(event, "failed: " + message);
            case "diverged" -> of(event, message);
            default -> of(event, event.path("outcome").asText());
          };
      default -> Optional.empty();
    };
  }

  private static Optional<Trouble> of(JsonNode event, String what) {
    return Optional.of(
        new Trouble(event.path("member").asText("run"), what, event.path("at").asText()));
  }
}

package org.modelzoo.board.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.modelzoo.base.Secrets;
import org.modelzoo.report.live.DriverState;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.RunDirectory;

/** The newest lines of a run's log; however long it is, not more than its end is read. */
public final class EventTail {
  /** Of the log, when somebody pages through it. */
  private static final long MOST_BYTES = 16 << 20;

  /** Of the log, when only its last word counts. */
  private static final long LAST_BYTES = 64 << 10;

  /** Longer lines are none of ours. */
  private static final int LONGEST_LINE = 1 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EventTail() {}

  /**
   * Some events, the newest one last.
   *
   * @param next offset of those before them; null where there are none, or none within reach
   */
  public record Events(List<JsonNode> events, Integer next) {
    public Events {
      events = List.copyOf(events);
    }
  }

  /**
   * Events of a run; lines that are no JSON objects are left out.
   *
   * @param offset how many of the newest ones to leave out
   * @param limit how many to give
   */
  public static Events read(RunDirectory run, int offset, int limit) {
    // One more than asked for tells whether there are others.
    List<String> lines = lines(run, MOST_BYTES, offset + limit + 1);
    int end = Math.max(0, lines.size() - offset);
    int begin = Math.max(0, end - limit);
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines.subList(begin, end)) {
      JsonNode event = event(line);
      if (event != null) {
        events.add(event);
      }
    }
    return new Events(events, begin > 0 ? offset + limit : null);
  }

  /** Why a run whose driver ended failed, if its last event says so; null otherwise. */
  static String failure(RunDirectory run, DriverState driver) {
    if (driver.kind() != DriverState.Kind.ENDED) {
      return null;
    }
    List<String> lines = lines(run, LAST_BYTES, 1);
    JsonNode last = lines.isEmpty() ? null : event(lines.get(0));
    return last != null && last.path("event").asText().equals("failed")
        ? Secrets.hiddenIn(last.path("message").asText())
        : null;
  }

  private static List<String> lines(RunDirectory run, long mostBytes, int most) {
    return LineLog.ofEvents(run)
        .readNewest(
            mostBytes,
            text -> {
              Deque<String> newest = new ArrayDeque<>();
              new BufferedReader(text)
                  .lines()
                  .filter(EventTail::isWhole)
                  .forEach(
                      line -> {
                        newest.addLast(line);
                        if (newest.size() > most) {
                          newest.removeFirst();
                        }
                      });
              return List.copyOf(newest);
            });
  }

  /** A last line without its end was being written. */
  private static boolean isWhole(String line) {
    return line.startsWith("{") && line.endsWith("}") && line.length() <= LONGEST_LINE;
  }

  private static JsonNode event(String line) {
    try {
      JsonNode event = MAPPER.readTree(line);
      return event instanceof ObjectNode object ? hidden(object) : null;
    } catch (JsonProcessingException e) {
      return null; // None of ours.
    }
  }

  /** Older programs hid no secrets in messages. */
  private static ObjectNode hidden(ObjectNode event) {
    event
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isTextual()) {
                field.setValue(TextNode.valueOf(Secrets.hiddenIn(field.getValue().asText())));
              }
            });
    return event;
  }
}

package org.modelzoo.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.modelzoo.base.ErrorKind;
import org.modelzoo.base.ModelZooException;

/** Events of a study as text, a line of JSON each, so that a log can be appended to. */
public final class StudyLog {
  /** The newest format that this program reads, and the one that it writes. */
  public static final int FORMAT_VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StudyLog() {}

  /** An event as one line, with the line feed. */
  public static String line(StudyEvent event) {
    try {
      return MAPPER.writerFor(StudyEvent.class).writeValueAsString(event) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + event, e);
    }
  }

  /**
   * The events of a log. A last line without line feed was being written when the program was
   * killed, and is left out: the log has to be cut to its {@link #completeLength} before more is
   * appended.
   *
   * @param file the log's name, for messages
   * @throws ModelZooException (data) if a line is damaged or the log is newer than this program
   */
  public static List<StudyEvent> parse(String log, String file) {
    List<StudyEvent> events = new ArrayList<>();
    List<String> lines = log.substring(0, completeLength(log)).lines().toList();
    for (String line : lines) {
      events.add(event(line, events.size() + 1, file));
    }
    return events;
  }

  /** Characters up to the last line feed. */
  public static int completeLength(String log) {
    return log.lastIndexOf('\n') + 1;
  }

  private static StudyEvent event(String line, int number, String file) {
    StudyEvent event;
    try {
      event = MAPPER.readValue(line, StudyEvent.class);
    } catch (JsonProcessingException e) {
      throw damaged(file, number, e.getOriginalMessage());
    }
    boolean creation = event instanceof StudyEvent.Created;
    if (event == null || creation != (number == 1)) {
      throw damaged(file, number, "a log begins with the creation of its study, and has no other");
    }
    if (event instanceof StudyEvent.Created created && created.formatVersion() > FORMAT_VERSION) {
      throw new ModelZooException(
          ErrorKind.DATA,
          "%s has format %d, and this program reads formats up to %d; use a newer program"
              .formatted(file, created.formatVersion(), FORMAT_VERSION));
    }
    return event;
  }

  private static ModelZooException damaged(String file, int number, String why) {
    return new ModelZooException(
        ErrorKind.DATA,
        "%s is damaged in line %d: %s; put back a copy, or start another study"
            .formatted(file, number, why));
  }
}

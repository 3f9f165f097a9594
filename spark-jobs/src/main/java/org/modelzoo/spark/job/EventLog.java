package org.modelzoo.spark.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.modelzoo.base.ModelZooException;
import org.modelzoo.spark.event.Redaction;
import org.modelzoo.spark.event.RunEvent;
import org.modelzoo.spark.event.RunEvent.Failed;
import org.modelzoo.spark.event.RunEvent.Finished;
import org.modelzoo.spark.event.RunEvent.MemberFinished;
import org.modelzoo.spark.event.RunEvent.Remark;
import org.modelzoo.spark.event.RunEvent.RoundCommitted;
import org.modelzoo.spark.event.RunEvent.RoundFound;
import org.modelzoo.spark.event.RunEvent.RoundScores;
import org.modelzoo.spark.event.RunEvent.RoundStarted;
import org.modelzoo.spark.event.RunEvent.Started;
import org.modelzoo.spark.event.RunListener;
import org.modelzoo.store.Json;
import org.modelzoo.store.LineLog;
import org.modelzoo.store.RunDirectory;
import org.modelzoo.training.MemberOutcome;

/**
 * The history of one run: a line of JSON for each event, over all starts of the run. It has exactly
 * one line for each committed round: what a driver that was killed could not write any more, the
 * next one adds. The lines of a round are written together; a write that fails is made up for by
 * the next one. Lives on the driver; thread-safe.
 */
final class EventLog implements RunListener {
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LineLog log;
  private final StringBuilder newLines = new StringBuilder();
  private final Set<String> foreignLines = new HashSet<>();
  private final Set<Integer> rounds = new HashSet<>();
  private boolean isOpen;

  private EventLog(RunDirectory run) {
    this.log = LineLog.ofEvents(run);
  }

  /**
   * The log of a run, with what is in it; writes nothing yet.
   *
   * @param run behind the fence of its lease
   * @throws ModelZooException (cluster) if it can't be read
   */
  static EventLog in(RunDirectory run) {
    EventLog events = new EventLog(run);
    return events.log.read(
        text -> {
          new BufferedReader(text).lines().forEach(events::look);
          return events;
        });
  }

  /** A line that isn't JSON was not written by us, and is dropped. */
  private void look(String line) {
    try {
      Known event = MAPPER.readValue(line, Known.class);
      if ("round-committed".equals(event.event())) {
        rounds.add(event.round());
      }
    } catch (JsonProcessingException e) {
      foreignLines.add(line);
    }
  }

  /** What is read of a line. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Known(String event, int round) {}

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof Started started) {
      Map<String, Object> line = line("started");
      line.put("format_version", FORMAT_VERSION);
      line.put("rounds", started.rounds());
      line.put("rounds_done", started.roundsDone());
      line.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
      line.put("java", Runtime.version().toString());
      write(line);
    } else if (event instanceof RoundStarted round) {
      Map<String, Object> line = line("round-started");
      line.put("round", round.round());
      line.put("members", round.members());
      add(line);
    } else if (event instanceof MemberFinished member) {
      add(finished(member));
    } else if (event instanceof RoundFound round) {
      add(round.scores());
    } else if (event instanceof RoundCommitted round) {
      add(round.scores());
      write();
    } else if (event instanceof Remark remark) {
      add(line("remark", remark.text()));
    } else if (event instanceof Failed failed) {
      write(line("failed", failed.message()));
    } else if (event instanceof Finished) {
      write(line("finished"));
    }
  }

  private static Map<String, Object> finished(MemberFinished member) {
    Map<String, Object> line = line("member-finished");
    line.put("member", member.member());
    if (member.outcome() instanceof MemberOutcome.Diverged diverged) {
      line.put("outcome", "diverged");
      line.put("message", Redaction.hidden(diverged.message()));
    } else if (member.outcome() instanceof MemberOutcome.Failed failed) {
      line.put("outcome", "failed");
      line.put("message", Redaction.hidden(failed.message()));
    } else if (member.outcome() instanceof MemberOutcome.Completed completed) {
      line.put("outcome", "completed");
      if (!completed.evaluations().isEmpty()) {
        line.put("evaluations", completed.evaluations());
      }
    } else {
      line.put("outcome", "cancelled");
    }
    return line;
  }

  private void add(RoundScores scores) {
    if (rounds.add(scores.round())) {
      Map<String, Object> line = line("round-committed");
      line.put("round", scores.round());
      line.put("accuracy", scores.accuracy());
      line.put("tasks", scores.tasks());
      add(line);
    }
  }

  private static Map<String, Object> line(String event, String message) {
    Map<String, Object> line = line(event);
    line.put("message", Redaction.hidden(message));
    return line;
  }

  private static Map<String, Object> line(String event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    return line;
  }

  private void add(Map<String, Object> line) {
    newLines.append(new String(Json.writeLine(line), UTF_8));
  }

  private void write(Map<String, Object> line) {
    add(line);
    write();
  }

  private void write() {
    try {
      if (!isOpen) {
        log.open(line -> !foreignLines.contains(line));
        isOpen = true;
      }
      log.add(newLines.toString());
      newLines.setLength(0);
    } catch (ModelZooException e) {
      // The run itself will say what is wrong.
    }
  }
}

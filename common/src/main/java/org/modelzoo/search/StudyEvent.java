package org.modelzoo.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.modelzoo.base.Secrets;

/**
 * Something that happened to a study. The events in their order are the study: whoever keeps them
 * can open it again. Each tells when it happened, in milliseconds since 1970.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StudyEvent.Created.class, name = "created"),
  @JsonSubTypes.Type(value = StudyEvent.Limited.class, name = "limited"),
  @JsonSubTypes.Type(value = StudyEvent.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = StudyEvent.Enqueued.class, name = "enqueued"),
  @JsonSubTypes.Type(value = StudyEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = StudyEvent.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = StudyEvent.Repeated.class, name = "repeated"),
  @JsonSubTypes.Type(value = StudyEvent.Reported.class, name = "reported"),
  @JsonSubTypes.Type(value = StudyEvent.Interrupted.class, name = "interrupted"),
  @JsonSubTypes.Type(value = StudyEvent.Finished.class, name = "finished")
})
public sealed interface StudyEvent {
  /** Milliseconds since 1970. */
  long at();

  /**
   * The study was created; always the first event.
   *
   * @param identity of its settings, with which alone it can be continued
   */
  record Created(long at, int formatVersion, String identity) implements StudyEvent {}

  /** The limits were set, or set anew. */
  record Limited(long at, StudyLimits limits) implements StudyEvent {}

  /** A program began to work on it; what was running before is to be run again. */
  record Opened(long at) implements StudyEvent {}

  /** A known trial was queued. */
  record Enqueued(long at, Map<String, Object> parameters) implements StudyEvent {}

  /** A new trial's first rung was handed out. */
  record Started(long at, int trial, Map<String, Object> parameters, Trial.Origin origin)
      implements StudyEvent {}

  /** A trial's next rung was handed out. */
  record Resumed(long at, int trial, int rung) implements StudyEvent {}

  /** A rung that had been interrupted was handed out again. */
  record Repeated(long at, int trial, int rung) implements StudyEvent {}

  /** A rung ended. */
  @JsonPropertyOrder({"at", "trial", "rung", "report"})
  record Reported(long at, int trial, int rung, @JsonProperty("report") RungOutcome outcome)
      implements StudyEvent {}

  /**
   * A rung ended without a result, and is to be run again.
   *
   * @param message why, without secrets
   */
  record Interrupted(long at, int trial, int rung, String message) implements StudyEvent {
    public Interrupted {
      message = message == null ? null : Secrets.hiddenIn(message);
    }
  }

  /** There was nothing left to do. */
  record Finished(long at, Reason reason) implements StudyEvent {}

  /** Why a study is finished. */
  enum Reason {
    /** All trials are through. */
    TRIALS,
    /** The wall time is used up. */
    SECONDS,
    /** The images are used up. */
    IMAGES,
    /** A trial is as good as the target. */
    TARGET
  }
}

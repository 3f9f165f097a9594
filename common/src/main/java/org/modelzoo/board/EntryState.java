package org.modelzoo.board;

import com.fasterxml.jackson.annotation.JsonValue;
import org.modelzoo.base.KebabCase;

/** How an entry stands, as far as its files tell. */
public enum EntryState {
  /** Nobody works on it, or its turn has not come. */
  WAITING,
  RUNNING,
  FINISHED,
  FAILED,
  /** Its driver is gone, or gives no sign of life. */
  KILLED,
  /** Files are not what they claim to be, or of a newer program. */
  DAMAGED;

  /** As it is written in answers and filters. */
  @JsonValue
  public String word() {
    return KebabCase.of(this);
  }
}

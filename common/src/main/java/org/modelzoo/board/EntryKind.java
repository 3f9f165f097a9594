package org.modelzoo.board;

import com.fasterxml.jackson.annotation.JsonValue;
import org.modelzoo.base.KebabCase;

/** What an entry of the board is. */
public enum EntryKind {
  RUN,
  /** A run of another method inside the directory of the run that it is compared with. */
  BASELINE,
  SWEEP,
  STUDY,
  /** An exported archive. */
  ZOO;

  /** As it is written in answers and filters. */
  @JsonValue
  public String word() {
    return KebabCase.of(this);
  }
}

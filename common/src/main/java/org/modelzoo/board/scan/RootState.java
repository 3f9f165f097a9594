package org.modelzoo.board.scan;

import com.fasterxml.jackson.annotation.JsonValue;
import org.modelzoo.base.KebabCase;

/**
 * How a root answers.
 *
 * @param root as the user gave it
 * @param message what is wrong; null where nothing is
 */
public record RootState(String root, Kind state, String message) {
  /** In words. */
  public enum Kind {
    OK,
    /** It is looked at for the first time. */
    SCANNING,
    /** It hasn't answered for a while. */
    SLOW,
    UNREACHABLE,
    /** There is no such directory yet. */
    MISSING;

    /** As it is written in answers. */
    @JsonValue
    public String word() {
      return KebabCase.of(this);
    }
  }
}
